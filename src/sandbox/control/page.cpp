#include "sandbox/control/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "sandbox/control/page_text.h"
#include "sandbox/server/permissions.h"
#include "sandbox/server/visibility.h"

namespace convene::sandbox {
namespace {

constexpr std::size_t kShownMessages = 50;

// The script asks once a second and exchanges what changed; without scripts the page reloads.
constexpr const char* kHead = R"(<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><noscript><meta http-equiv="refresh" content="2"></noscript>
<title>Sandbox</title><style>
:root{color-scheme:light dark;--ink:#1d2027;--soft:#5b6170;--page:#fff;--side:#f1f2f5;--line:#dcdfe6;--pick:#dfe3f4;
--link:#3a45b8;--note:#fdf6e0}
@media(prefers-color-scheme:dark){:root{--ink:#e4e6eb;--soft:#a2a8b6;--page:#2b2d33;--side:#232529;--line:#3b3e46;
--pick:#3b3f57;--link:#aab2ff;--note:#38331f}}
*{box-sizing:border-box}body{font:15px/1.45 system-ui,sans-serif;margin:0;display:grid;
grid-template-columns:15rem minmax(0,1fr) 18rem;height:100vh;color:var(--ink);background:var(--page)}
nav,aside,main{overflow:auto;padding:1rem}nav,aside{background:var(--side)}main{padding:1rem 1.5rem}
h1{font-size:1.05rem;margin:0 0 .6rem}h2{font-size:.78rem;text-transform:uppercase;letter-spacing:.03em;
color:var(--soft);margin:1.1rem 0 .2rem}a{display:block;color:inherit;text-decoration:none;padding:.15rem .4rem;
border-radius:5px}a:hover,a:focus-visible,a[aria-current]{background:var(--pick)}
.small,.topic{color:var(--soft);font-size:.85rem}.topic{border-bottom:1px solid var(--line);padding-bottom:.6rem}
.message{margin:.9rem 0}.text{white-space:pre-wrap;overflow-wrap:anywhere}.ephemeral{background:var(--note);
border-radius:6px;padding:.4rem .7rem}.bot{background:var(--link);color:var(--page);border-radius:4px;
font-size:.65rem;padding:.05rem .3rem;vertical-align:middle}.mention{color:var(--link)}
time{background:var(--side);border-radius:4px;padding:0 .2rem}
.embed{border-left:4px solid var(--edge);background:var(--side);border-radius:5px;padding:.6rem .9rem;margin:.3rem 0;
max-width:38rem;display:grid;gap:.35rem}.title{font-weight:600}
.fields{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:.5rem;white-space:pre-wrap;
overflow-wrap:anywhere}.wide{grid-column:1/-1}
button{font:inherit;font-size:.85rem;padding:.25rem .7rem;margin:.2rem 0;border:1px solid var(--line);
border-radius:5px;background:var(--page);color:var(--ink)}button.off{opacity:.5}
.event{border:1px solid var(--line);border-radius:6px;padding:.5rem .6rem;margin:.5rem 0;background:var(--page)}
</style></head><body>)";

constexpr const char* kTail = R"(<script>
const rest=()=>setTimeout(async()=>{try{
const text=await(await fetch(location.href)).text(),fresh=new DOMParser().parseFromString(text,'text/html');
for(const name of['nav','main','aside']){const now=document.querySelector(name),then=fresh.querySelector(name);
if(now.innerHTML!==then.innerHTML){const end=now.scrollTop+now.clientHeight>now.scrollHeight-40;now.innerHTML=then.innerHTML;
if(name==='main'&&end)now.scrollTop=now.scrollHeight}}}catch{}rest()},1000);rest();
const open=document.querySelector('main');open.scrollTop=open.scrollHeight</script></body></html>
)";

class Page {
public:
    Page(const World& world, const Look& look, Instant now)
        : world_(world), look_(look), now_(now), member_(world.members.contains(look.user_id)) {
        if (!member_) return;
        visible_ = visible_channels(world, look.user_id);
        std::stable_sort(visible_.begin(), visible_.end(),
                         [](const Channel* a, const Channel* b) { return a->position < b->position; });
        open_ = open_channel();
    }

    [[nodiscard]] std::string text() const {
        return kHead + std::string("<nav>") + channels() + "</nav><main>" + conversation() +
               "</main><aside>" + events() + people() + "</aside>" + kTail;
    }

private:
    [[nodiscard]] const Channel* open_channel() const {
        const Channel* latest = nullptr;
        for (const Channel* channel : visible_) {
            if (channel->type == ChannelType::category) continue;
            if (channel->id == look_.channel_id) return channel;
            const bool later = latest == nullptr || last_words(*channel) > last_words(*latest);
            if (later) latest = channel;
        }
        return latest;
    }

    /// Id of the last thing said in the channel that this user can see.
    [[nodiscard]] Snowflake last_words(const Channel& channel) const {
        Snowflake last = channel.last_message_id.value_or(0);
        for (const auto& [id, message] : world_.ephemeral_messages) {
            if (is_mine(message) && message.channel_id == channel.id) last = std::max(last, id);
        }
        return last;
    }

    [[nodiscard]] bool is_mine(const Message& message) const {
        return message.origin && message.origin->user_id == look_.user_id;
    }

    [[nodiscard]] std::string link(const Channel& channel) const {
        return fmt::format("<a href=\"/?user_id={}&amp;channel_id={}\"{}>{} {}</a>", look_.user_id,
                           channel.id, &channel == open_ ? " aria-current=\"page\"" : "",
                           channel.type == ChannelType::voice ? "♫" : "#", escaped(channel.name));
    }

    [[nodiscard]] std::string channels() const {
        std::string out = "<h1>" + escaped(world_.guild_name) + "</h1>";
        const auto below = [&](std::optional<Snowflake> parent) {
            for (const ChannelType type : {ChannelType::text, ChannelType::voice}) {
                for (const Channel* channel : visible_) {
                    if (channel->type == type && channel->parent_id == parent) out += link(*channel);
                }
            }
        };
        below(std::nullopt);
        for (const Channel* category : visible_) {
            if (category->type != ChannelType::category) continue;
            out += "<h2>" + escaped(category->name) + "</h2>";
            below(category->id);
        }
        return out;
    }

    [[nodiscard]] std::string conversation() const {
        if (!member_) return "<h1>Choose whose eyes to look through.</h1>";
        if (open_ == nullptr) {
            return fmt::format("<h1>{} sees no channel.</h1>", escaped(display_name(world_, look_.user_id)));
        }
        std::string out = fmt::format("<h1>{} {}</h1>", open_->type == ChannelType::voice ? "♫" : "#",
                                      escaped(open_->name));
        out += "<div class=\"topic\">" + shown_text(world_, open_->topic.value_or("No topic")) + "</div>";
        for (const Message* message : messages()) out += shown_message(world_, *message);
        return out + unanswered();
    }

    [[nodiscard]] std::vector<const Message*> messages() const {
        std::vector<const Message*> shown;
        const bool history =
            has_all(channel_permissions(world_, look_.user_id, *open_), permission::kReadMessageHistory);
        if (const auto found = world_.messages.find(open_->id); history && found != world_.messages.end()) {
            for (const auto& [id, message] : found->second) shown.push_back(&message);
        }
        for (const auto& [id, message] : world_.ephemeral_messages) {
            if (is_mine(message) && message.channel_id == open_->id) shown.push_back(&message);
        }
        std::sort(shown.begin(), shown.end(),
                  [](const Message* a, const Message* b) { return a->id < b->id; });
        if (shown.size() > kShownMessages) {
            shown.erase(shown.begin(), shown.end() - static_cast<std::ptrdiff_t>(kShownMessages));
        }
        return shown;
    }

    /// Commands of this user that wait for an answer, or got none in time.
    [[nodiscard]] std::string unanswered() const {
        std::string out;
        for (const auto& [id, interaction] : world_.interactions) {
            const bool here = interaction.user_id == look_.user_id && interaction.channel_id == open_->id &&
                              interaction.type == InteractionType::command && !interaction.acked;
            if (!here) continue;
            const bool late =
                now_ - interaction.made >= std::chrono::milliseconds(world_.settings.interaction_ack_ms);
            out += fmt::format(
                "<article class=\"message ephemeral\"><b>/{}</b> <span class=\"small\">{}</span></article>",
                escaped(interaction.command), late ? "The application did not respond" : "Sending…");
        }
        return out;
    }

    [[nodiscard]] std::string events() const {
        std::string out = fmt::format("<div class=\"small\">It is {} UTC</div>", shown_time(now_));
        if (!member_) return out;
        std::vector<const ScheduledEvent*> coming;
        for (const ScheduledEvent* event : visible_events(world_, look_.user_id)) {
            if (event->uncompleted()) coming.push_back(event);
        }
        std::sort(coming.begin(), coming.end(),
                  [](const ScheduledEvent* a, const ScheduledEvent* b) { return a->start < b->start; });
        out += fmt::format("<h2>Events ({})</h2>", coming.size());
        for (const ScheduledEvent* event : coming) {
            out += fmt::format(
                "<div class=\"event\"><div class=\"small\">{}{}</div><b>{}</b><div class=\"small "
                "text\">{}</div></div>",
                shown_time(event->start), event->status == EventStatus::active ? " · now" : "",
                escaped(event->name), shown_text(world_, event->description.value_or("")));
        }
        return out;
    }

    [[nodiscard]] std::string people() const {
        std::string out = "<h2>Seen by</h2>";
        for (const auto& [id, member] : world_.members) {
            if (member.bot) continue;
            out += fmt::format("<a href=\"/?user_id={}\"{}>{}</a>", id,
                               id == look_.user_id ? " aria-current=\"page\"" : "",
                               escaped(display_name(world_, id)));
        }
        return out;
    }

    const World& world_;
    Look look_;
    Instant now_;
    bool member_ = false;
    std::vector<const Channel*> visible_;
    const Channel* open_ = nullptr;
};

}  // namespace

std::string page_for(const World& world, const Look& look, Instant now) {
    return Page(world, look, now).text();
}

}  // namespace convene::sandbox
