#include "app/cli/command.h"

namespace sextant::cli {

std::span<const Family> families()
{
    static const std::vector<Family> kFamilies = {
        {"experiments", "Experiments of a store"},
        {"runs", "Runs: list, show, compare, statistics, histories, edit"},
        {"artifacts", "Files of a run"},
        {"logged-models", "Models logged by runs (MLflow 3)"},
        {"models", "Registered models and their versions: list, history, edit"},
        {"gates", "What must hold before a version is promoted"},
        {"cards", "Model cards: what a version is, what it is for, how well it does"},
        {"notify", "Webhooks that are told what was asked, decided and applied"},
        {"reports", "Reports on data and predictions: fairness"},
        {"keys", "Keys to sign with, and whom to trust"},
        {"audit", "Logs of who decided what: verify, read, prove, witness"},
        {"promotions", "Who asks, agrees and applies that a version takes a stage or an alias"},
        {"charts", "Figures of curves: PDF, SVG, PNG or their data, drawn without a display"},
        {"screenshot", "A page of the window as a picture, drawn without a display"},
        {"completion", "Completion of commands and options in a shell"},
    };
    return kFamilies;
}

std::span<const Command> commands()
{
    static const std::vector<Command> kCommands = [] {
        std::vector<Command> all;
        addExperimentCommands(all);
        addRunReadingCommands(all);
        addRunWritingCommands(all);
        addArtifactCommands(all);
        addLoggedModelCommands(all);
        addModelCommands(all);
        addModelHistoryCommand(all);
        addModelWritingCommands(all);
        addGateCommands(all);
        addCardCommands(all);
        addNotifyCommands(all);
        addReportCommands(all);
        addKeyCommands(all);
        addAuditCommands(all);
        addPromotionCommands(all);
        addChartCommands(all);
        addScreenshotCommand(all);
        addCompletionCommands(all);
        return all;
    }();
    return kCommands;
}

std::vector<std::string> verbsOf(std::string_view family)
{
    std::vector<std::string> verbs;
    for (const auto& command : commands()) {
        std::string_view path = command.path;
        if (!command.hidden && path.size() > family.size() && path.starts_with(family) &&
            path[family.size()] == ' ')
            verbs.emplace_back(path.substr(family.size() + 1));
    }
    return verbs;
}

} // namespace sextant::cli
