#include "discord/interactions_endpoint/signature.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <charconv>
#include <new>
#include <stdexcept>

namespace convene::discord {
namespace {

template <std::size_t Size>
std::optional<std::array<unsigned char, Size>> bytes_of(std::string_view hex) {
    if (hex.size() != 2 * Size) return std::nullopt;
    std::array<unsigned char, Size> bytes{};
    std::size_t count = 0;
    const std::string text(hex);  // ended by a zero, as OpenSSL reads it
    if (OPENSSL_hexstr2buf_ex(bytes.data(), bytes.size(), &count, text.c_str(), '\0') != 1 || count != Size)
        return std::nullopt;
    return bytes;
}

}  // namespace

std::optional<InteractionSignature> read_signature(std::string_view signature, std::string_view timestamp) {
    const auto bytes = bytes_of<64>(signature);
    // Digits that a time in seconds can have; more would overflow what they are compared with.
    constexpr std::size_t kMostDigits = 12;
    std::int64_t seconds = 0;
    const char* end = timestamp.data() + timestamp.size();
    const auto read = std::from_chars(timestamp.data(), end, seconds);
    const bool is_time = read.ec == std::errc() && read.ptr == end && seconds >= 0 && !timestamp.empty() &&
                         timestamp.size() <= kMostDigits;
    if (!bytes || !is_time) return std::nullopt;
    return InteractionSignature{*bytes, std::string(timestamp),
                                std::chrono::sys_seconds(std::chrono::seconds(seconds))};
}

struct PublicKey::Impl {
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{nullptr, EVP_PKEY_free};
};

PublicKey::PublicKey(std::string_view hex) : impl_(std::make_unique<Impl>()) {
    const auto bytes = bytes_of<32>(hex);
    if (bytes) {
        impl_->key.reset(
            EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes->data(), bytes->size()));
    }
    if (!impl_->key)
        throw std::invalid_argument("the application's public key must be 64 hexadecimal digits");
}

PublicKey::~PublicKey() = default;
PublicKey::PublicKey(PublicKey&&) noexcept = default;

bool PublicKey::verifies(const std::array<unsigned char, 64>& signature, std::string_view message) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    if (!context) throw std::bad_alloc();
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, impl_->key.get()) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                            reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1;
}

}  // namespace convene::discord
