// src/sandbox/endpoint/signing_key.h: the Ed25519 key with which the application's interactions are signed.
#pragma once
#include <string>

namespace convene::sandbox {

/// 32 random bytes in hexadecimal digits: the secret half.
[[nodiscard]] std::string new_signing_key();

/// What GET /applications/@me shows as verify_key.
[[nodiscard]] std::string public_half(const std::string& signing_key);

/// Ed25519 over `message`, in hexadecimal digits.
[[nodiscard]] std::string signature_of(const std::string& signing_key, const std::string& message);

}  // namespace convene::sandbox
