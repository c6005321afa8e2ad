// Sheets over the window: the keys of every action, what a reading had to skip, and what this program is.
#pragma once

#include "core/store/store_info.h"
#include "ui/shell/overlay.h"

#include <vector>

class QListView;
class QStandardItemModel;

namespace sextant {

class ActionRegistry;
class SearchField;
class TextLabel;

/// F1: all actions with keys, by context, with a search.
class KeySheet final : public Overlay
{
    Q_OBJECT
public:
    KeySheet(QWidget* window, ActionRegistry& actions);
    void openSheet();

protected:
    void showEvent(QShowEvent* event) override;

private:
    class List;
    SearchField* m_search;
    List* m_list;
};

/// What could not be read: the place and the reason of each.
class WarningSheet final : public Overlay
{
    Q_OBJECT
public:
    explicit WarningSheet(QWidget* window);
    void openSheet(const std::vector<StoreWarning>& warnings);

private:
    TextLabel* m_title;
    QListView* m_list;
    QStandardItemModel* m_model;
};

/// Version, licence, and the libraries and works inside.
class AboutSheet final : public Overlay
{
    Q_OBJECT
public:
    explicit AboutSheet(QWidget* window);
};

} // namespace sextant
