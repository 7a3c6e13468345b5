#include "discord/gateway/client.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <spdlog/spdlog.h>

#include <array>
#include <atomic>
#include <mutex>
#include <random>
#include <thread>

#include "app/failure.h"
#include "discord/gateway/web_socket.h"
#include "discord/gateway/zlib_stream.h"

namespace convene::discord {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// Same bot, same server of Discord's, same intents.
std::string fingerprint(const GatewayConfiguration& configuration) {
    const std::string text =
        fmt::format("{}\n{}\n{}", configuration.api_base, configuration.token, configuration.intents);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
    std::string hex;
    for (std::size_t i = 0; i < 16; ++i) hex += fmt::format("{:02x}", digest[i]);
    return hex;
}

GatewaySession::Random random_numbers() {
    return [engine = std::mt19937_64(std::random_device{}())]() mutable {
        return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
    };
}

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

}  // namespace

struct GatewayClient::Impl {
    Impl(GatewayConfiguration wanted, std::shared_ptr<RestClient> client, std::optional<SessionState> kept,
         GatewayCallbacks told)
        : rest(std::move(client)),
          callbacks(std::move(told)),
          session({wanted.token, wanted.intents, wanted.compress, fingerprint(wanted)}, std::move(kept),
                  random_numbers()),
          loop(wanted.user_agent) {
        loop.post([this] { perform(session.start(SteadyClock::now())); });
        thread = std::thread([this] { loop.run(); });
    }

    void perform(const SessionActions& actions) {
        for (const SessionAction& action : actions) {
            std::visit(
                Overloaded{
                    [this](const AskGateway&) { ask(); },
                    [this](const Connect& connect) { open(connect.url); },
                    [this](const SendFrame& frame) { loop.send(frame.text); },
                    [this](const CloseConnection& close) { loop.close(close.code); },
                    [this](const DeliverEvent& event) {
                        guarded([&] { callbacks.on_event(event.name, event.data); });
                    },
                    [this](const KeepState& keep) { guarded([&] { callbacks.keep_state(keep.state); }); },
                    [this](const StopForGood& why) {
                        spdlog::error("gateway: {}", why.reason);
                        guarded([&] { callbacks.on_give_up(why.reason); });
                    },
                    [](const Remark& remark) {
                        spdlog::log(
                            remark.level == Remark::Level::info ? spdlog::level::info : spdlog::level::warn,
                            "gateway: {}", remark.text);
                    },
                },
                action);
        }
        {
            const std::lock_guard lock(mutex);
            counts = session.counts();
        }
        loop.wake_at(session.wake_at(), [this] { perform(session.time_passed(SteadyClock::now())); });
    }

    /// A fault in what hears of events must not cost the connection.
    template <class Call>
    static void guarded(Call call) {
        try {
            call();
        } catch (const std::exception& error) {
            spdlog::error("gateway: an event was not handled: {}", error.what());
        }
    }

    void open(const std::string& url) {
        inflater = std::make_unique<ZlibStream>();
        loop.connect(url, {[this](std::string message, bool binary) { receive(std::move(message), binary); },
                           [this](std::optional<int> code, const std::string& why) {
                               if (!code) spdlog::info("gateway: connection ended: {}", why);
                               perform(session.closed(code, SteadyClock::now()));
                           }});
    }

    void receive(std::string message, bool binary) {
        if (binary) {
            try {
                auto whole = inflater->add(message);
                if (!whole) return;
                message = *std::move(whole);
            } catch (const DiscordFailure& failure) {
                spdlog::warn("gateway: {}", failure.what());
                message.clear();  // which is no frame: the session reconnects
            }
        }
        perform(session.received(message, SteadyClock::now()));
    }

    /// On a thread of its own, since it may take as long as Discord likes.
    void ask() {
        if (asking.joinable()) asking.join();
        asking = std::thread([this] {
            const auto reply =
                rest->send({Route(Method::get, "/gateway/bot"), "", ""}, [this] { return stopping.load(); });
            try {
                if (!reply) {
                    return answer([this, error = reply.error()](SteadyClock::time_point now) {
                        return session.not_informed(error.message, error.bad_token(), now);
                    });
                }
                answer([this, info = read_gateway_info(reply->body)](SteadyClock::time_point now) {
                    return session.informed(info, now);
                });
            } catch (const DiscordFailure& failure) {
                answer([this, why = std::string(failure.what())](SteadyClock::time_point now) {
                    return session.not_informed(why, false, now);
                });
            }
        });
    }

    template <class Report>
    void answer(Report report) {
        loop.post([this, report = std::move(report)] { perform(report(SteadyClock::now())); });
    }

    void stop(Ending ending) {
        if (stopping.exchange(true)) return;
        loop.post([this, ending] {
            perform(session.stop(ending == Ending::for_good, SteadyClock::now()));
            loop.quit();
        });
        thread.join();
        if (asking.joinable()) asking.join();
    }

    std::shared_ptr<RestClient> rest;
    GatewayCallbacks callbacks;
    GatewaySession session;  ///< like `inflater`, touched on `thread` only
    std::unique_ptr<ZlibStream> inflater;
    WebSocketLoop loop;
    std::atomic<bool> stopping = false;
    mutable std::mutex mutex;  ///< guards `counts`
    GatewaySession::Counts counts;
    std::thread asking;
    std::thread thread;
};

GatewayClient::GatewayClient(GatewayConfiguration configuration, std::shared_ptr<RestClient> rest,
                             std::optional<SessionState> kept, GatewayCallbacks callbacks)
    : impl_(std::make_unique<Impl>(std::move(configuration), std::move(rest), std::move(kept),
                                   std::move(callbacks))) {}

GatewayClient::~GatewayClient() {
    stop(Ending::resume_later);
}

void GatewayClient::stop(Ending ending) {
    impl_->stop(ending);
}

GatewaySession::Counts GatewayClient::status() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->counts;
}

}  // namespace convene::discord
