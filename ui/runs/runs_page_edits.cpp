// Filtering by a cell, and the writes of the Runs page: asked for in place, confirmed with what and how many.
#include "ui/runs/filter_bar.h"
#include "ui/runs/filter_field.h"
#include "ui/runs/run_edit_popup.h"
#include "ui/runs/runs_page.h"
#include "ui/runs/runs_table_view.h"
#include "ui/shell/workspace_edits.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <QMessageBox>
#include <QPushButton>

#include <cmath>

namespace sextant {

namespace {

using CellValue = decltype(CellClause::value);

CellValue attributeOf(const RunTable& table, RowIndex row, const std::string& key)
{
    auto time = [](EpochMs value) {
        return isKnown(value) ? CellValue(static_cast<double>(value)) : CellValue();
    };
    if (key == "start_time" || key == "end_time")
        return time(key == "start_time" ? table.startTime(row) : table.endTime(row));
    if (key == "duration") {
        auto known = isKnown(table.startTime(row)) && isKnown(table.endTime(row));
        return known ? CellValue(static_cast<double>(table.endTime(row) - table.startTime(row)))
                     : CellValue();
    }
    if (key == "user_id")
        return std::string(table.user(row));
    if (key == "experiment_id")
        return table.experiment(row).id;
    if (key == "lifecycle_stage")
        return std::string(toText(table.lifecycle(row)));
    if (key == "artifact_uri")
        return std::string(table.artifactUri(row));
    if (key == "status")
        return std::string(toText(table.status(row)));
    return std::string(key == "run_id" ? table.runId(row) : table.name(row));
}

/// The value of a cell as a filter compares it.
CellClause clauseOf(const RunTable& table, RowIndex row, const RunsColumn& column)
{
    const auto& key = column.ref.key;
    if (column.kind == RunsColumnKind::Name)
        return {FieldKind::Attribute, "run_name", std::string(table.name(row)), false};
    if (column.kind == RunsColumnKind::Status)
        return {FieldKind::Attribute, "status", std::string(toText(table.status(row))), false};
    if (column.ref.kind == ColumnKind::Attribute)
        return {FieldKind::Attribute, key, attributeOf(table, row, key), false};
    if (column.ref.kind == ColumnKind::Metric) {
        auto value = column.metric ? column.metric->at(row) : kMissing;
        return {FieldKind::Metric, key, isMissing(value) ? CellValue() : CellValue(value), false};
    }
    auto value = column.text ? column.text->at(row) : std::nullopt;
    auto kind = column.ref.kind == ColumnKind::Param ? FieldKind::Param : FieldKind::Tag;
    return {kind, key, value ? CellValue(std::string(*value)) : CellValue(), false};
}

/// The cell as a number to compare with; without a value where it is none.
CellClause numberClauseOf(const RunTable& table, RowIndex row, const RunsColumn& column)
{
    auto clause = clauseOf(table, row, column);
    auto number = column.number(table, row);
    if (clause.kind == FieldKind::Attribute)
        number = std::holds_alternative<double>(clause.value) ? std::get<double>(clause.value) : kMissing;
    clause.value = std::isfinite(number) ? CellValue(number) : CellValue();
    return clause;
}

/// What all runs of a group have in common. Empty when the filter has no words for it: several datasets of
/// one run.
std::vector<CellClause> groupClauses(const GroupedRuns& groups, std::size_t group)
{
    std::vector<CellClause> clauses;
    for (std::size_t field = 0; field < groups.runs.fields().size(); ++field) {
        const auto& column = groups.runs.fields()[field].column;
        auto value = groups.value(group, field);
        auto text = value ? CellValue(std::string(*value)) : CellValue();
        if (column.kind == ColumnKind::Attribute && column.key.starts_with("dataset")) {
            const auto& table = *groups.runs.table();
            auto uses = table.datasets(groups.runs.rows(groups.groups[group].source).front());
            if (uses.size() != 1)
                return {};
            const auto& dataset = table.data().datasets[uses.front().dataset];
            if (column.key == "dataset" || column.key == "dataset.name")
                clauses.push_back({FieldKind::Dataset, "name", dataset.name});
            if (column.key == "dataset" || column.key == "dataset.digest")
                clauses.push_back({FieldKind::Dataset, "digest", dataset.digest});
            if (column.key == "dataset.context")
                clauses.push_back(
                    {FieldKind::Dataset, "context", table.data().contexts[uses.front().context]});
            continue;
        }
        auto kind = column.kind == ColumnKind::Param ? FieldKind::Param
                    : column.kind == ColumnKind::Tag ? FieldKind::Tag
                                                     : FieldKind::Attribute;
        clauses.push_back({kind, column.key, std::move(text)});
    }
    return clauses;
}

} // namespace

bool RunsPage::canFilterBy(int row, int column, CellFilter how) const
{
    const auto& model = m_controller->model();
    if (row < 0 || row >= model.rowCount() || column < 0 || column >= model.columnCount())
        return false;
    if (model.isHead(row))
        return how == CellFilter::Only &&
               !groupClauses(*model.groups(), static_cast<std::size_t>(model.groupOf(row))).empty();
    const auto& definition = model.columns()[static_cast<std::size_t>(column)];
    auto isValue = definition.kind == RunsColumnKind::Value;
    if (how == CellFilter::Only || how == CellFilter::Not)
        return isValue || definition.kind == RunsColumnKind::Name ||
               definition.kind == RunsColumnKind::Status;
    return isValue && std::holds_alternative<double>(
                          numberClauseOf(*model.arrangement()->table, model.tableRow(row), definition).value);
}

void RunsPage::filterByCell(int row, int column, CellFilter how)
{
    if (!canFilterBy(row, column, how))
        return;
    auto& model = m_controller->model();
    auto text = toStdString(m_filterBar->field().text());
    if (model.isHead(row)) {
        for (const auto& clause : groupClauses(*model.groups(), static_cast<std::size_t>(model.groupOf(row))))
            text = withClause(text, clause);
        m_filterBar->field().replaceText(QString::fromStdString(text));
        return;
    }
    const auto& definition = model.columns()[static_cast<std::size_t>(column)];
    const auto& table = *model.arrangement()->table;
    auto isRange = how == CellFilter::AtLeast || how == CellFilter::AtMost;
    auto clause = isRange ? numberClauseOf(table, model.tableRow(row), definition)
                          : clauseOf(table, model.tableRow(row), definition);
    clause.negate = how == CellFilter::Not;
    clause.bound = how == CellFilter::AtLeast ? 1 : how == CellFilter::AtMost ? -1 : 0;
    m_filterBar->field().replaceText(QString::fromStdString(withClause(text, clause)));
}

bool RunsPage::unlockedForEdit()
{
    if (m_context.session.unlocked())
        return true;
    const auto& capabilities = m_context.session.info().capabilities;
    say({ErrorCode::ReadOnly,
         capabilities.writable ? "The store is open for reading only" : capabilities.whyNotWritable,
         capabilities.writable ? "Unlock it with the badge in the top bar" : "",
         {},
         {}});
    return false;
}

void RunsPage::startEdit(RunEdit edit)
{
    if (edit.runIds.empty() || !unlockedForEdit())
        return;
    auto& model = m_controller->model();
    auto table = m_controller->table();
    auto found = table->find(edit.runIds.front());
    if (!found)
        return;
    if (edit.kind != RunEdit::Kind::SetTag)
        edit.runIds.resize(1); // a name or a note belongs to one run
    if (edit.kind == RunEdit::Kind::Rename)
        edit.value = table->name(*found);
    if (const auto* note = table->tag(kNoteTag); note && edit.kind == RunEdit::Kind::SetNote)
        edit.value = note->at(*found).value_or(std::string_view());
    auto name = oneLine(table->name(*found), 60);
    auto* popup = new RunEditPopup(std::move(edit), name, storeName(), this);
    connect(popup, &RunEditPopup::accepted, m_writer, &RunWriter::write);
    auto row = model.rowOf(*found);
    auto cell = m_table->visualRect(model.index(std::max(0, row), static_cast<int>(RunsColumnKind::Name)));
    popup->openAt(m_table->viewport()->mapToGlobal(cell.bottomLeft()));
}

void RunsPage::confirmLifecycle(bool restore)
{
    if (!unlockedForEdit())
        return;
    auto table = m_controller->table();
    RunEdit edit{restore ? RunEdit::Kind::Restore : RunEdit::Kind::Delete, {}, {}, {}};
    for (const auto& run : chosenRuns()) {
        auto row = table->find(run);
        if (row && (table->lifecycle(*row) == Lifecycle::Deleted) == restore)
            edit.runIds.push_back(run);
    }
    if (edit.runIds.empty())
        return;
    auto name = oneLine(table->name(*table->find(edit.runIds.front())), 60);
    auto what = edit.runIds.size() == 1 ? name : tr("%1 runs").arg(formatCount(edit.runIds.size()));
    auto* box = new QMessageBox(QMessageBox::NoIcon, restore ? tr("Restore runs") : tr("Delete runs"),
                                restore ? tr("Restore %1?").arg(what) : tr("Delete %1?").arg(what),
                                QMessageBox::Cancel, this);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(previewOf(edit, name, storeName()));
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* apply = box->addButton(restore ? tr("Restore %1").arg(what) : tr("Delete %1").arg(what),
                                 QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(apply, &QPushButton::clicked, this, [this, edit] { m_writer->write(edit); });
    box->open();
}

void RunsPage::tell(const QString& sentence, const QString& hint)
{
    m_banner->showMessage(Banner::Kind::Info, sentence, hint);
    m_banner->setAction(tr("Close"), [this] { m_banner->hide(); });
    m_banner->show();
}

void RunsPage::say(const Error& error)
{
    m_banner->showMessage(Banner::Kind::Error, QString::fromStdString(error.message),
                          QString::fromStdString(error.hint));
    m_banner->setAction(tr("Close"), [this] { m_banner->hide(); });
    m_banner->show();
}

} // namespace sextant
