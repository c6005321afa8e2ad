// CompareListModel: the compared runs as rows, under the heads of their groups. Reads the scene, keeps no
// copy. GUI thread only.
#pragma once

#include "ui/compare/compare_scene.h"
#include "ui/widgets/number_format.h"

#include <QAbstractListModel>

namespace sextant {

class CompareListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { RunIdRole = Qt::UserRole, ValueRole, IsGroupRole };

    using QAbstractListModel::QAbstractListModel;

    void setScene(CompareScenePtr scene);
    const CompareScenePtr& scene() const { return m_scene; }

    /// Null on the head of a group.
    const RunLook* run(int row) const;
    const RunGroupLook* group(int row) const;
    int rowOf(const std::string& runId) const; // -1 when not listed or folded away
    /// A name that does not fit, without what all names begin with: they are told apart by the rest.
    QString tailOf(const QString& name) const;
    /// "Mean of val/loss over 2 runs, 1 hidden or brushed away".
    QString meanText(const RunGroupLook& group) const;
    QString valueText(double value) const { return formatNumber(value, m_format); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        int group; // of the scene's groups; -1: a run
        std::size_t run;
    };
    std::vector<Row> rowsOf(const CompareScene& scene) const;

    CompareScenePtr m_scene = std::make_shared<CompareScene>();
    std::vector<Row> m_rows;
    NumberFormat m_format;
    int m_shared = 0; // characters that all names begin with, up to a word
};

} // namespace sextant
