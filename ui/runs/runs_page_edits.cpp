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
    if (key == "user_id")
        return std::string(table.user(row));
    return key == "run_id" ? CellValue(std::string(table.runId(row))) : CellValue();
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

} // namespace

void RunsPage::filterByCell(int row, int column, bool negate)
{
    auto& model = m_controller->model();
    const auto& definition = model.columns()[static_cast<std::size_t>(column)];
    auto usable = definition.kind == RunsColumnKind::Name || definition.kind == RunsColumnKind::Status ||
                  definition.kind == RunsColumnKind::Value;
    if (!usable || row < 0 || row >= model.rowCount())
        return;
    auto clause = clauseOf(*model.arrangement()->table, model.tableRow(row), definition);
    clause.negate = negate;
    auto text = withClause(toStdString(m_filterBar->field().text()), clause);
    m_filterBar->field().replaceText(QString::fromStdString(text));
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
