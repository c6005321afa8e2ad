// CommandPalette: Ctrl+K. Every action, run, column and model by a few letters; driven by the keyboard alone.
#pragma once

#include "ui/shell/overlay.h"
#include "ui/shell/palette_model.h"

class QLabel;
class QLineEdit;
class QListView;

namespace sextant {

class TextLabel;

class CommandPalette final : public Overlay
{
    Q_OBJECT
public:
    CommandPalette(QWidget* window, ActionRegistry& actions, PaletteModel::PageSource pages);

    /// `recent`: ids of the actions run last, newest first.
    void openWith(const QString& query, const QStringList& recent);
    QString query() const;
    const PaletteModel& model() const { return *m_model; }

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void onQueryChanged();
    void select(int row);
    void move(int step);
    void activate(int row);

    PaletteModel* m_model;
    QLineEdit* m_input;
    TextLabel* m_count;
    QListView* m_list;
    TextLabel* m_nothing;
};

} // namespace sextant
