# Every third-party library, all from Debian 12 (scripts/install-packages names the packages).

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(date REQUIRED)            # date::date-tz: IANA zones from the system's tzdata
find_package(fmt REQUIRED)             # fmt::fmt
find_package(nlohmann_json REQUIRED)   # nlohmann_json::nlohmann_json
find_package(tl-expected REQUIRED)     # tl::expected
find_package(spdlog REQUIRED)          # spdlog::spdlog (the compiled library)
find_package(CLI11 REQUIRED)           # CLI11::CLI11
find_package(tomlplusplus REQUIRED)    # tomlplusplus::tomlplusplus
find_package(CURL REQUIRED)            # CURL::libcurl
find_package(OpenSSL REQUIRED)         # OpenSSL::SSL, OpenSSL::Crypto
find_package(ZLIB REQUIRED)            # ZLIB::ZLIB: the sandbox's compressed gateway
find_package(PostgreSQL REQUIRED)      # PostgreSQL::PostgreSQL
find_package(SQLite3 REQUIRED)         # SQLite::SQLite3
find_package(Boost 1.81 REQUIRED)      # Boost::headers (Beast)
find_package(PkgConfig REQUIRED)
pkg_check_modules(CBC REQUIRED IMPORTED_TARGET cbc)

# Debian packages SOCI without a CMake configuration.
find_path(SOCI_INCLUDE soci/soci.h REQUIRED)
find_library(SOCI_CORE soci_core REQUIRED)
find_library(SOCI_POSTGRESQL soci_postgresql REQUIRED)
find_library(SOCI_SQLITE3 soci_sqlite3 REQUIRED)
add_library(convene_soci INTERFACE)
target_include_directories(convene_soci SYSTEM INTERFACE ${SOCI_INCLUDE} ${SOCI_INCLUDE}/soci ${PostgreSQL_INCLUDE_DIRS})
target_link_libraries(convene_soci INTERFACE
  ${SOCI_POSTGRESQL} ${SOCI_SQLITE3} ${SOCI_CORE} PostgreSQL::PostgreSQL SQLite::SQLite3)
