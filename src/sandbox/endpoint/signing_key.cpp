#include "sandbox/endpoint/signing_key.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <vector>

namespace convene::sandbox {
namespace {
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

template <class Bytes>
std::string hex(const Bytes& bytes) {
    std::string out;
    for (const unsigned char byte : bytes) out += fmt::format("{:02x}", byte);
    return out;
}

void require(bool done) {
    if (!done) throw std::runtime_error("OpenSSL cannot sign");
}

Key key_from(const std::string& digits) {
    std::vector<unsigned char> bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes.push_back(static_cast<unsigned char>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    }
    Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes.data(), bytes.size()),
            &EVP_PKEY_free);
    require(key != nullptr);
    return key;
}

}  // namespace

std::string new_signing_key() {
    std::array<unsigned char, kKeyBytes> bytes{};
    require(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
    return hex(bytes);
}

std::string public_half(const std::string& signing_key) {
    std::array<unsigned char, kKeyBytes> bytes{};
    std::size_t size = bytes.size();
    require(EVP_PKEY_get_raw_public_key(key_from(signing_key).get(), bytes.data(), &size) == 1);
    return hex(bytes);
}

std::string signature_of(const std::string& signing_key, const std::string& message) {
    const Key key = key_from(signing_key);
    const Digest digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    std::array<unsigned char, kSignatureBytes> bytes{};
    std::size_t size = bytes.size();
    require(EVP_DigestSignInit(digest.get(), nullptr, nullptr, nullptr, key.get()) == 1);
    require(EVP_DigestSign(digest.get(), bytes.data(), &size,
                           reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1);
    return hex(bytes);
}

}  // namespace convene::sandbox
