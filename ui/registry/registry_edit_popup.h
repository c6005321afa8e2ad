// RegistryEditPopup: asks for one change of the registry, with its fields, and says in words what it will do
// before the button. Where the rules of a log govern what is changed it warns and offers the other way. GUI
// thread only.
#pragma once

#include "ui/registry/registry_edit.h"
#include "ui/widgets/popup.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace sextant {

class Banner;
class SegmentedControl;
class TextLabel;

class RegistryEditPopup final : public Popup
{
    Q_OBJECT
public:
    /// `sources`: of a version to be registered: what it can be made from, and how each is called.
    RegistryEditPopup(RegistryEdit edit, RegistryDataPtr registry, const QString& storeName,
                      const std::vector<std::pair<QString, std::string>>& sources, QWidget* parent);

    static QString titleOf(RegistryEdit::Kind kind);

signals:
    void accepted(const sextant::RegistryEdit& edit);
    void promotionWanted(const QString& target); // "alias:champion" instead of the edit

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void buildFields(const std::vector<std::pair<QString, std::string>>& sources);
    void buildFoot();
    void addStageFields();
    QLineEdit* addLine(const QString& name, const std::string& text);
    QComboBox* addChoice(const QString& name, const QStringList& choices, const QString& text);
    RegistryEdit current() const;
    void update();
    void turnToRemoval();
    bool canRemove() const;
    void accept();

    RegistryEdit m_edit;
    RegistryDataPtr m_data;
    QString m_store;
    QLineEdit* m_key = nullptr;
    QLineEdit* m_value = nullptr;
    QComboBox* m_choice = nullptr; // of an alias or a model
    QComboBox* m_source = nullptr;
    QPlainTextEdit* m_text = nullptr;
    SegmentedControl* m_stage = nullptr;
    QCheckBox* m_archive = nullptr;
    TextLabel* m_warning;
    TextLabel* m_preview;
    QPushButton* m_apply;
    QPushButton* m_remove = nullptr;
    QPushButton* m_request;
};

} // namespace sextant
