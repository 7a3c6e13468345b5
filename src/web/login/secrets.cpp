#include "web/login/secrets.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>

#include "app/failure.h"

namespace convene::web {
namespace {

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_letters(std::string_view bytes) {
    std::string out;
    unsigned bits = 0;
    int count = 0;
    for (const char byte : bytes) {
        bits = bits << 8U | static_cast<unsigned char>(byte);
        for (count += 8; count >= 6; count -= 6)
            out += kLetters[bits >> static_cast<unsigned>(count - 6) & 63U];
    }
    if (count > 0) out += kLetters[bits << static_cast<unsigned>(6 - count) & 63U];
    return out;
}

std::optional<std::string> from_letters(std::string_view text) {
    std::string out;
    unsigned bits = 0;
    int count = 0;
    for (const char letter : text) {
        const std::size_t value = kLetters.find(letter);
        if (value == std::string_view::npos) return std::nullopt;
        bits = bits << 6U | static_cast<unsigned>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>(bits >> static_cast<unsigned>(count) & 255U);
        }
    }
    return out;
}

std::string signature_of(std::string_view payload, std::string_view key) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(payload.data()), payload.size(), digest.data(), &size);
    return {reinterpret_cast<const char*>(digest.data()), size};
}

}  // namespace

std::string random_secret() {
    std::array<unsigned char, 32> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw Failure("the system gives no random numbers");
    return to_letters({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

bool equal_secrets(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string sign(std::string_view payload, std::string_view key) {
    return to_letters(payload) + '.' + to_letters(signature_of(payload, key));
}

std::optional<std::string> verified(std::string_view token, std::string_view key) {
    const std::size_t dot = token.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    auto payload = from_letters(token.substr(0, dot));
    const auto signature = from_letters(token.substr(dot + 1));
    if (!payload || !signature || !equal_secrets(*signature, signature_of(*payload, key)))
        return std::nullopt;
    return payload;
}

}  // namespace convene::web
