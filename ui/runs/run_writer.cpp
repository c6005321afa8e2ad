#include "ui/runs/run_writer.h"

#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

namespace sextant {

namespace {

Result<void> writeOne(TrackingStore& store, const RunEdit& edit, const std::string& runId)
{
    switch (edit.kind) {
    case RunEdit::Kind::Rename:
        return store.renameRun(runId, edit.value);
    case RunEdit::Kind::SetTag:
        return store.setTag(runId, edit.key, edit.value);
    case RunEdit::Kind::RemoveTag:
        return store.deleteTag(runId, edit.key);
    case RunEdit::Kind::SetNote:
        return store.setTag(runId, kNoteTag, edit.value);
    case RunEdit::Kind::Delete:
        return store.deleteRun(runId);
    case RunEdit::Kind::Restore:
        break;
    }
    return store.restoreRun(runId);
}

QString runsText(std::size_t count)
{
    return count == 1 ? RunWriter::tr("1 run") : RunWriter::tr("%1 runs").arg(formatCount(count));
}

QString doneText(const RunEdit& edit)
{
    auto runs = runsText(edit.runIds.size());
    switch (edit.kind) {
    case RunEdit::Kind::Rename:
        return RunWriter::tr("Renamed %1").arg(runs);
    case RunEdit::Kind::SetTag:
        return RunWriter::tr("Set tag %1 on %2").arg(oneLine(edit.key, 80), runs);
    case RunEdit::Kind::RemoveTag:
        return RunWriter::tr("Removed tag %1 from %2").arg(oneLine(edit.key, 80), runs);
    case RunEdit::Kind::SetNote:
        return RunWriter::tr("Changed the note of %1").arg(runs);
    case RunEdit::Kind::Delete:
        return RunWriter::tr("Deleted %1").arg(runs);
    case RunEdit::Kind::Restore:
        break;
    }
    return RunWriter::tr("Restored %1").arg(runs);
}

} // namespace

QString previewOf(const RunEdit& edit, const QString& name, const QString& store)
{
    auto what = edit.runIds.size() == 1 ? name : runsText(edit.runIds.size());
    auto value = oneLine(edit.value, 60);
    auto key = oneLine(edit.key, 60);
    switch (edit.kind) {
    case RunEdit::Kind::Rename:
        return RunWriter::tr("Renames %1 to %2 in %3").arg(what, value, store);
    case RunEdit::Kind::SetTag:
        return edit.value.empty()
                   ? RunWriter::tr("Sets tag %1 of %2 to an empty text in %3").arg(key, what, store)
                   : RunWriter::tr("Sets tag %1 of %2 to “%3” in %4").arg(key, what, value, store);
    case RunEdit::Kind::RemoveTag:
        return RunWriter::tr("Removes tag %1 from %2 in %3").arg(key, what, store);
    case RunEdit::Kind::SetNote:
        return RunWriter::tr("Replaces the note of %1 in %2").arg(what, store);
    case RunEdit::Kind::Delete:
        return RunWriter::tr("Marks %1 as deleted in %2; it can be restored until it is removed for good")
            .arg(what, store);
    case RunEdit::Kind::Restore:
        break;
    }
    return RunWriter::tr("Restores %1 in %2").arg(what, store);
}

void RunWriter::write(RunEdit edit)
{
    auto done = doneText(edit);
    m_session.read<void>(
        tr("Writing to the store"), {}, this,
        [edit = std::move(edit)](Store& store, const Operation& operation) -> Result<void> {
            std::uint64_t count = 0;
            for (const auto& id : edit.runIds) {
                if (operation.cancelled())
                    return cancelledError();
                SEXTANT_CHECK(writeOne(*store.tracking, edit, id));
                operation.progress("Writing", ++count, edit.runIds.size());
            }
            return {};
        },
        [this, done](Result<void> result) {
            if (result)
                emit written(done);
            else
                emit failed(result.error());
            m_session.refresh(true); // of several, the first ones may have been written
        });
}

} // namespace sextant
