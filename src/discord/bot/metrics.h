// src/discord/bot/metrics.h: counts for Prometheus.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace convene::discord {

/// Any number of threads. Labels hold kinds and outcomes, never names or ids.
class Metrics {
public:
    /// Adds one to `name{label="value"}`; without a label when `label` is empty.
    void count(std::string_view name, std::string_view label = "", std::string_view value = "");
    /// A duration, into a histogram.
    void observe(std::string_view name, std::string_view label, std::string_view value,
                 std::chrono::steady_clock::duration took);

    struct Gauge {
        std::string name;
        std::string help;
        double value = 0;
        bool counter = false;  ///< only ever rises
    };
    /// The text format of Prometheus, version 0.0.4. \param gauges  as they are now
    [[nodiscard]] std::string text(const std::vector<Gauge>& gauges) const;

private:
    struct Histogram {
        std::vector<std::uint64_t> buckets;
        double sum_s = 0;
        std::uint64_t count = 0;
    };
    using Key = std::pair<std::string, std::string>;  ///< name, labels as printed

    mutable std::mutex mutex_;
    std::map<Key, std::uint64_t> counts_;
    std::map<Key, Histogram> histograms_;
};

namespace metric {
inline constexpr std::string_view kInteractions = "convene_interactions_total";
inline constexpr std::string_view kAnswers = "convene_first_answers_total";
inline constexpr std::string_view kAnswerTime = "convene_first_answer_seconds";
inline constexpr std::string_view kJobs = "convene_jobs_total";
inline constexpr std::string_view kJobTime = "convene_job_seconds";
inline constexpr std::string_view kReports = "convene_reports_total";
inline constexpr std::string_view kTopUps = "convene_top_ups_total";
}  // namespace metric

}  // namespace convene::discord
