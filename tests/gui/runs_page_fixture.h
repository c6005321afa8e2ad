// The Runs pages on a store in memory, as the window puts them together.
#pragma once

#include "tests/gui/page_fixture.h"
#include "ui/runs/run_page.h"
#include "ui/runs/runs_page.h"

namespace sextant::test {

struct RunsPageFixture : PageFixture
{
    explicit RunsPageFixture(const RunsSpec& spec) : RunsPageFixture(makeRuns(spec)) {}
    explicit RunsPageFixture(RunTablePtr table) : PageFixture(std::move(table))
    {
        context.navigate = [this](const QString& page, const QString& subject) {
            navigated = page + u'/' + subject;
            if (page == QLatin1String("run"))
                run->open(subject);
        };
        runs = new RunsPage(context);
        run = new RunPage(context, *runs);
        layout->addWidget(runs);
        layout->addWidget(run);
        run->hide();
        start();
    }
    ~RunsPageFixture() { delete runs->inspector(); }

    RunsModel& model() { return runs->controller().model(); }

    RunsPage* runs = nullptr;
    RunPage* run = nullptr;
};

} // namespace sextant::test
