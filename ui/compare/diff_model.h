// DiffModel: the matrix of differences for views: a head for each section, a row for each field; the field,
// how many values it has, then a column for each run, the baseline first. Holds row numbers; cells are
// written when drawn. GUI thread only.
#pragma once

#include "ui/compare/compare_scene.h"
#include "ui/compare/diff_matrix.h"

#include <QAbstractTableModel>

namespace sextant {

/// What one run has of one field, ready to be drawn.
struct DiffCell
{
    enum class Kind { Missing, Empty, NotFinite, Number, Text };
    Kind kind = Kind::Missing;
    QString text;
    bool metric = false;
    bool differs = false; // from the baseline
    bool mono = false;    // an id
    double change = 0;    // -1 … 1 of the greatest change in the row; 0 where there is none
    Verdict verdict = Verdict::Neutral;
};

class DiffModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { FieldColumn, VariesColumn, FirstRun };
    enum Role { ExactTextRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// `runs`: as the matrix has them.
    void show(DiffContentPtr content, std::vector<RunLook> runs, std::map<std::string, int> directions,
              const DiffSettings& settings);
    /// The same content after a change of looks, directions, or of how numbers are written.
    void dress(std::vector<RunLook> runs, std::map<std::string, int> directions,
               const DiffSettings& settings);
    void fold(const DiffSettings& settings);
    void clear();

    const DiffContentPtr& content() const { return m_content; }
    const std::vector<RunLook>& runs() const { return m_runs; }
    const RunLook* run(int column) const;       // null: no run's column
    int columnOf(std::string_view runId) const; // -1: none
    bool baselineChosen() const { return !m_runs.empty() && m_runs.front().baseline; }

    /// The section whose head stands in a row; null: the row is a field's.
    const DiffSection* head(int row) const;
    bool folded(const DiffSection& section) const { return m_settings.folded.contains(section.section); }
    /// Of a field's row.
    const DifferenceRow& field(int row) const;
    std::uint32_t matrixRow(int row) const { return m_entries[static_cast<std::size_t>(row)]; }
    int rowOf(std::uint32_t matrixRow) const; // -1: not shown
    DiffCell cell(int row, int column) const; // of a field and a run
    int direction(int row) const;             // 1 higher is better, -1 lower, 0 nobody said
    /// What a run has, whole and as logged.
    QString exactText(int row, int column) const;
    /// The next place, row by row down a run's column, then the next run's, where it differs from the
    /// baseline; backwards with step -1. Invalid: there is none.
    QModelIndex nextDifference(const QModelIndex& from, int step) const;

    static QString sectionTitle(DifferenceSection section);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    static constexpr std::uint32_t kHead = 0x8000'0000; // and the place of the section
    std::vector<std::uint32_t> entriesOf(const DiffContent& content) const;
    void writeChange(DiffCell& cell, std::size_t row, std::size_t column) const;
    QString changeText(int row, int column) const;
    QString cellTip(int row, int column) const;
    QString fieldTip(int row) const;
    QString runTip(const RunLook& run) const;
    QString accessibleText(const QModelIndex& index) const;
    Better better(const DifferenceRow& row) const;

    DiffContentPtr m_content;
    std::vector<RunLook> m_runs;
    std::map<std::string, int> m_directions;
    DiffSettings m_settings;
    std::vector<std::uint32_t> m_entries;
};

} // namespace sextant
