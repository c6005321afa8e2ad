// ModelsList: the registered models at the left of the Registry page, with a search above. GUI thread only.
#pragma once

#include "ui/registry/models_model.h"

#include <QWidget>

class QListView;

namespace sextant {

class SearchField;
class TextLabel;

class ModelsList final : public QWidget
{
    Q_OBJECT
public:
    explicit ModelsList(QWidget* parent = nullptr);

    /// The model in view stays; when it is gone, the first one is in view.
    void setRegistry(RegistryDataPtr registry);
    /// Takes the search away when it hides the model.
    void showModel(const std::string& name);
    const std::string& current() const { return m_current; }
    void focusSearch();
    ModelsModel& model() { return m_model; }
    QListView& view() { return *m_view; }

signals:
    void currentChanged(const std::string& name); // empty: none
    void opened();                                // Enter or double click

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void select(const std::string& name);
    void afterReset();

    ModelsModel m_model;
    SearchField* m_search;
    QListView* m_view;
    TextLabel* m_none;
    std::string m_current;
    bool m_changing = false;
};

} // namespace sextant
