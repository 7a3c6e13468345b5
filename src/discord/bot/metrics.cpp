#include "discord/bot/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace convene::discord {
namespace {

constexpr std::array kBounds{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0, 600.0};

struct Help {
    std::string_view name;
    std::string_view text;
};
constexpr std::array kHelp{
    Help{metric::kInteractions, "Commands, autocompletions and buttons received"},
    Help{metric::kAnswers, "First answers to interactions, by what became of them"},
    Help{metric::kAnswerTime, "From the arrival of an interaction until its first answer was accepted"},
    Help{metric::kJobs, "Jobs that ended, by command"},
    Help{metric::kJobTime, "From beginning to end of a job"},
    Help{metric::kReports, "Results delivered, by where"},
    Help{metric::kTopUps, "Realized cohorts looked after, by what came out"},
};

std::string head(std::string_view name, std::string_view type) {
    const auto help =
        std::find_if(kHelp.begin(), kHelp.end(), [&](const Help& entry) { return entry.name == name; });
    return fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help == kHelp.end() ? "" : help->text, name,
                       type);
}

std::string labels_of(std::string_view label, std::string_view value) {
    return label.empty() ? "" : fmt::format("{}=\"{}\"", label, value);
}

std::string with_bound(const std::string& labels, const std::string& bound) {
    return labels.empty() ? fmt::format("le=\"{}\"", bound) : fmt::format("{},le=\"{}\"", labels, bound);
}

std::string braces(const std::string& labels) {
    return labels.empty() ? "" : "{" + labels + "}";
}

}  // namespace

void Metrics::count(std::string_view name, std::string_view label, std::string_view value) {
    const std::lock_guard lock(mutex_);
    ++counts_[{std::string(name), labels_of(label, value)}];
}

void Metrics::observe(std::string_view name, std::string_view label, std::string_view value,
                      std::chrono::steady_clock::duration took) {
    const double seconds = std::chrono::duration<double>(took).count();
    const std::lock_guard lock(mutex_);
    Histogram& histogram = histograms_[{std::string(name), labels_of(label, value)}];
    histogram.buckets.resize(kBounds.size());
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
        if (seconds <= kBounds[i]) ++histogram.buckets[i];
    }
    histogram.sum_s += seconds;
    ++histogram.count;
}

std::string Metrics::text(const std::vector<Gauge>& gauges) const {
    std::string out;
    for (const Gauge& gauge : gauges)
        out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", gauge.name, gauge.help,
                           gauge.counter ? "counter" : "gauge", gauge.value);
    const std::lock_guard lock(mutex_);
    std::string_view last;
    for (const auto& [key, value] : counts_) {
        if (key.first != last) out += head(key.first, "counter");
        last = key.first;
        out += fmt::format("{}{} {}\n", key.first, braces(key.second), value);
    }
    for (const auto& [key, histogram] : histograms_) {
        const auto& [name, labels] = key;
        if (name != last) out += head(name, "histogram");
        last = name;
        for (std::size_t i = 0; i < kBounds.size(); ++i)
            out += fmt::format("{}_bucket{{{}}} {}\n", name, with_bound(labels, fmt::to_string(kBounds[i])),
                               histogram.buckets[i]);
        out += fmt::format("{}_bucket{{{}}} {}\n", name, with_bound(labels, "+Inf"), histogram.count);
        out += fmt::format("{}_sum{} {}\n", name, braces(labels), histogram.sum_s);
        out += fmt::format("{}_count{} {}\n", name, braces(labels), histogram.count);
    }
    return out;
}

}  // namespace convene::discord
