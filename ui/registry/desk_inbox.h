// DeskInbox: the promotions, in boxes: what waits for me, for others, what is closed. GUI thread only.
#pragma once

#include "ui/registry/desk_data.h"

#include <QAbstractListModel>
#include <QListView>

namespace sextant {

class DeskInboxModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setData(DeskDataPtr data);
    using QAbstractListModel::setData;
    const DeskDataPtr& desk() const { return m_data; }

    const DeskItem* item(int row) const; // null for a head
    QString head(int row) const;         // "Waiting for you"; of logs that can't be read: the sentence
    quint64 headCount(int row) const;
    bool isProblem(int row) const;
    int rowOf(const std::string& promotionId) const; // −1
    /// The next promotion in this direction, or −1.
    int next(int row, int step) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row
    {
        enum Kind { Head, Item, Problem } kind;
        std::size_t place; // of heads: the box
    };
    DeskDataPtr m_data;
    std::vector<Row> m_rows;
};

class DeskInbox final : public QListView
{
    Q_OBJECT
public:
    explicit DeskInbox(DeskInboxModel& model, QWidget* parent = nullptr);

    /// Does not emit.
    void select(const std::string& promotionId);
    void step(int by);

signals:
    void picked(const std::string& promotionId);

protected:
    void currentChanged(const QModelIndex& now, const QModelIndex& before) override;

private:
    DeskInboxModel& m_model;
    bool m_selecting = false;
};

} // namespace sextant
