// `sextant notify …`: webhooks that are told what was asked, decided and applied.
#include "app/cli/command.h"
#include "app/cli/display.h"
#include "app/cli/options.h"

#include "core/base/http.h"
#include "core/registry/notify/notify.h"

#include <algorithm>
#include <cstdlib>

namespace sextant::cli {

using namespace registry;

namespace {

using Kind = RecordField::Kind;

struct NotifyOptions
{
    std::string name, url;
    std::vector<std::string> events;
    bool failed = false;
};

/// Only from here: what stands on a command line or in a file can be read by others.
ledger::Secret webhookSecret()
{
    const char* text = std::getenv("SEXTANT_WEBHOOK_SECRET");
    return ledger::Secret(text ? text : "");
}

void printHooks(Context& context, const std::vector<Webhook>& hooks, const std::vector<Delivery>& deliveries)
{
    RecordList list{"webhook",
                    "webhooks",
                    {{"name", "NAME"},
                     {"host", "HOST"},
                     {"events", "EVENTS", Kind::List},
                     {"waiting", "WAITING", Kind::Integer},
                     {"failed", "FAILED", Kind::Integer},
                     {"problem", "LAST PROBLEM"}},
                    {}};
    for (const auto& hook : hooks) {
        std::size_t waiting = 0, failed = 0;
        std::string problem;
        for (const auto& delivery : deliveries) {
            if (delivery.hook != hook.name)
                continue;
            ++(delivery.failed ? failed : waiting);
            problem = delivery.problem.empty() ? problem : delivery.problem;
        }
        list.records.push_back({{"name", hook.name},
                                {"host", hostOf(hook.url)},
                                {"events", hook.events},
                                {"waiting", waiting},
                                {"failed", failed},
                                {"problem", textOrNull(problem)}});
    }
    list.write(context.sink(), context.format(), context.screenWidth());
}

Result<int> listHooks(Context& context)
{
    Notifier notifier;
    SEXTANT_TRY(auto hooks, notifier.hooks());
    SEXTANT_TRY(auto deliveries, notifier.deliveries());
    printHooks(context, hooks, deliveries);
    return kDone;
}

Result<int> addHook(Context& context, const NotifyOptions& options)
{
    Webhook hook{options.name, options.url, options.events};
    SEXTANT_CHECK(Notifier().add(hook));
    printHooks(context, {hook}, {});
    return kDone;
}

Result<int> removeHook(Context& context, const NotifyOptions& options)
{
    SEXTANT_CHECK(Notifier().remove(options.name));
    return listHooks(context);
}

int printReport(Context& context, const SendReport& report)
{
    RecordList list{
        "result",
        "results",
        {{"delivered", "DELIVERED", Kind::Integer},
         {"waiting", "WAITING", Kind::Integer},
         {"failed", "FAILED", Kind::Integer}},
        {{{"delivered", report.delivered}, {"waiting", report.waiting}, {"failed", report.failed}}}};
    list.write(context.sink(), context.format(), context.screenWidth());
    return report.failed > 0 ? kNegative : kDone;
}

Result<int> queueTest(Context& context)
{
    Notifier notifier;
    SEXTANT_TRY(auto count, notifier.enqueue({.event = "test", .text = "Sextant can reach you"}));
    if (count == 0)
        return fail(ErrorCode::NotFound, "No webhook wants a test", "`sextant notify add` adds one");
    return listHooks(context);
}

Result<int> send(Context& context, const NotifyOptions& options)
{
    Notifier notifier;
    auto time = now();
    if (options.failed)
        SEXTANT_CHECK(notifier.retryFailed(time));
    SEXTANT_TRY(auto report, notifier.send(webhookSecret(), time, context.operation()));
    return printReport(context, report);
}

Command addHookCommand()
{
    return {"notify add",
            "NAME URL",
            "Adds a webhook: it gets a JSON text, which Slack shows as well",
            "Each delivery has the headers X-Sextant-Event, -Delivery and -Timestamp, and, where\n"
            "SEXTANT_WEBHOOK_SECRET is set when it is sent, X-Sextant-Signature: sha256=HMAC over\n"
            "TIMESTAMP.BODY, in hex. The secret is never kept.",
            {"sextant notify add team https://hooks.example.org/services/T0 --event apply"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<NotifyOptions>();
                addArgument(app, "NAME", options->name, "How it is called here");
                addArgument(app, "URL", options->url, "Where to; only its host is ever shown");
                addTexts(app, "--event", "EVENT", options->events,
                         "request, decision, apply, withdraw, emergency, rollback or test; all unless named");
                return [options](Context& context) { return addHook(context, *options); };
            }};
}

Command listCommand()
{
    return {"notify list",
            "",
            "Lists the webhooks, what waits for them and what could not be delivered",
            "",
            {"sextant notify list --format json"},
            [](CLI::App&) -> Action { return [](Context& context) { return listHooks(context); }; }};
}

Command testCommand()
{
    return {"notify test",
            "",
            "Puts a test notice down for every webhook that wants it; `notify send` sends it",
            "",
            {"sextant notify add wiring https://hooks.example.org/services/T1; sextant notify test"},
            [](CLI::App&) -> Action { return [](Context& context) { return queueTest(context); }; }};
}

Command removeCommand()
{
    return {"notify remove",
            "NAME",
            "Removes a webhook, and what waits for it",
            "",
            {"sextant notify remove team", "sextant notify remove wiring"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<NotifyOptions>();
                addArgument(app, "NAME", options->name, "A webhook");
                return [options](Context& context) { return removeHook(context, *options); };
            }};
}

Command sendCommand()
{
    return {
        "notify send",
        "",
        "Sends what waits and is due",
        "What can't be delivered is tried again, later each time, eight times over about a day. Exit code 1\n"
        "when something was given up: `notify list` shows it.",
        {"sextant notify send"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<NotifyOptions>();
            addSwitch(app, "--failed", options->failed, "Try what was given up as well");
            return [options](Context& context) { return send(context, *options); };
        }};
}

} // namespace

void addNotifyCommands(std::vector<Command>& commands)
{
    commands.push_back(addHookCommand());
    commands.push_back(listCommand());
    commands.push_back(testCommand());
    commands.push_back(removeCommand());
    commands.push_back(sendCommand());
}

} // namespace sextant::cli
