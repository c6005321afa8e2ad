// The Compare page with its Diff tab on a store in memory, and runs whose differences are known.
#pragma once

#include "tests/gui/page_fixture.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/diff_tab.h"
#include "ui/compare/diff_view.h"
#include "ui/compare/text_diff_view.h"

#include <cmath>
#include <limits>

namespace sextant::test {

inline const char* const kDiffRuns[] = {"a0", "b1", "c2", "d3"};

/// Four runs: a0 adamw-lr1, b1 adamw-lr2, c2 muon-lr2, d3 with a name of markup.
inline RunTablePtr makeDiffRuns()
{
    RunTableBuilder builder;
    Experiment experiment;
    experiment.id = "1";
    experiment.name = "lm";
    builder.setExperiments({experiment});
    const char* names[] = {"adamw-lr1e-3-s1", "adamw-lr2e-3-s1", "muon-lr2e-3-s1", "<b>bold</b> & co"};
    for (RowIndex i = 0; i < 4; ++i) {
        RunTableBuilder::RunRow row{kDiffRuns[i], names[i], "ada", "file:///tmp/none"};
        row.status = RunStatus::Finished;
        row.startTime = 1'763'000'000'000 - static_cast<EpochMs>(i) * 60'000; // the newest first
        row.endTime = row.startTime + 1000;
        builder.addRun(row);
    }
    auto metric = [&](const char* key, std::vector<double> values) {
        for (RowIndex row = 0; row < values.size(); ++row)
            if (!isMissing(values[row]))
                builder.setMetric(row, key, values[row]);
    };
    auto nan = std::numeric_limits<double>::quiet_NaN();
    metric("val/loss", {2.9137, 2.9151, 2.8689, nan});
    metric("val/acc", {0.5, 0.25, 0.75, kMissing});
    metric("sys/gpus", {8, 8, 8, 8});
    auto param = [&](const char* key, std::vector<const char*> values) {
        for (RowIndex row = 0; row < values.size(); ++row)
            if (values[row])
                builder.setParam(row, key, values[row]);
    };
    param("lr", {"0.1", "0.10", "0.2", "0.2"});
    param("optimizer", {"adamw", "adamw", "muon", "sgd"});
    param("momentum", {nullptr, nullptr, "", "0.9"});
    param("layers", {"4", "4", "4", "4"});
    param("<i>x</i>", {"<b>1</b>", "<b>2</b>", "2", "2"});
    const char* commits[] = {"5c20a9e0aa", "5c20a9e0aa", "41d7f02bbb", "41d7f02bbb"};
    for (RowIndex row = 0; row < 4; ++row) {
        builder.setTag(row, "mlflow.source.git.commit", commits[row]);
        builder.setTag(row, "mlflow.runName", names[row]);
        builder.setTag(row, "team", "vision");
        builder.addDataset(row, "corpus", row < 3 ? "3fa8c1d2ee" : "c07be914ff", "train");
    }
    builder.setTag(0, "note", "first line\nsecond line\nthird");
    builder.setTag(1, "note", "first line\nsecond word\nthird");
    return builder.finish();
}

struct DiffFixture : PageFixture
{
    explicit DiffFixture(RunTablePtr table = makeDiffRuns(), std::size_t compared = 1'000'000,
                         const char* baseline = "a0")
        : PageFixture(std::move(table))
    {
        state->artifactFolder = folder.path().toStdString();
        page = new ComparePage(context, histories);
        layout->addWidget(page);
        Workspace first;
        first.compare.tab = "diff";
        first.compare.source = CompareView::Source::Runs;
        for (RowIndex row = 0; row < std::min(compared, state->table->size()); ++row)
            first.compare.runs.emplace_back(state->table->runId(row));
        first.baseline = baseline;
        workspaces.reset(first);
        start();
    }
    ~DiffFixture() { delete page; }

    DiffTab& tab() { return *static_cast<DiffTab*>(page->tab(QStringLiteral("diff"))); }
    DiffModel& model() { return tab().model(); }
    DiffView& view() { return tab().view(); }
    bool ready() { return session.table() && page->settled() && tab().settled(); }
    /// The row of a field by its name; -1: not shown.
    int rowOf(const QString& field)
    {
        for (int row = 0; row < model().rowCount(); ++row)
            if (!model().head(row) && model().index(row, 0).data().toString() == field)
                return row;
        return -1;
    }
    QModelIndex cell(const QString& field, const char* run)
    {
        return model().index(rowOf(field), model().columnOf(run));
    }

    ComparePage* page = nullptr;
};

} // namespace sextant::test
