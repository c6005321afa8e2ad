// The Compare page on a store in memory, as the window puts it together.
#pragma once

#include "tests/gui/page_fixture.h"
#include "ui/compare/compare_list.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/curve_panel.h"
#include "ui/compare/curves_grid.h"
#include "ui/compare/curves_tab.h"

#include <QTest>

namespace sextant::test {

struct CompareFixture : PageFixture
{
    explicit CompareFixture(const RunsSpec& spec, std::size_t shown = 8)
        : CompareFixture(makeRuns(spec), shown)
    {
    }
    CompareFixture(RunTablePtr table, std::size_t shown) : PageFixture(std::move(table))
    {
        Workspace first;
        for (RowIndex row = 0; row < std::min(shown, state->table->size()); ++row)
            first.shown.emplace(state->table->runId(row));
        page = new ComparePage(context, histories);
        layout->addWidget(page);
        workspaces.reset(first);
        start();
    }
    ~CompareFixture() { delete page; }

    bool rests() const { return session.table() && page->settled(); }
    const CompareScene& scene() { return *page->controller().scene(); }
    CompareListModel& list() { return page->list().model(); }
    CurvesTab& curves() { return *qobject_cast<CurvesTab*>(page->tab(QStringLiteral("curves"))); }
    CurvesGrid& grid() { return curves().grid(); }
    const CompareView& view() const { return workspaces.current().compare; }
    void change(const std::function<void(CompareView&)>& edit)
    {
        page->controller().change(QStringLiteral("change"), edit);
    }

    ComparePage* page = nullptr;
};

} // namespace sextant::test
