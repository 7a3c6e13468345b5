// src/discord/interactions_endpoint/signature.h: whether a request comes from Discord.
#pragma once
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace convene::discord {

/// What Discord puts into a request's headers.
struct InteractionSignature {
    std::array<unsigned char, 64> signature{};
    std::string timestamp;  ///< as sent, since that is what was signed
    std::chrono::sys_seconds time;
};

/// \param signature  of X-Signature-Ed25519: 128 hexadecimal digits
/// \param timestamp  of X-Signature-Timestamp: seconds since 1970
/// Nothing when either is missing or something else.
[[nodiscard]] std::optional<InteractionSignature> read_signature(std::string_view signature,
                                                                 std::string_view timestamp);

/// Ed25519 (RFC 8032), by OpenSSL. Immutable: any number of threads may use one.
class PublicKey {
public:
    /// \throws std::invalid_argument unless it is 64 hexadecimal digits
    explicit PublicKey(std::string_view hex);
    ~PublicKey();
    PublicKey(PublicKey&&) noexcept;
    PublicKey(const PublicKey&) = delete;
    PublicKey& operator=(const PublicKey&) = delete;
    PublicKey& operator=(PublicKey&&) = delete;

    [[nodiscard]] bool verifies(const std::array<unsigned char, 64>& signature,
                                std::string_view message) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace convene::discord
