// TextDiffView: two texts of two runs side by side, line by line, with the words that differ. A field's
// values, or files that both runs have: those are listed and read in jobs, the first part of each. GUI thread
// only.
#pragma once

#include "ui/compare/compare_tab.h"
#include "ui/compare/text_pair.h"

#include <QListView>

class QMenu;
class QStackedWidget;

namespace sextant {

class ElidedLabel;
class IconButton;
class PickerButton;
class StatePanel;
class TextLabel;
class TextSideModel;

class TextDiffView final : public QWidget
{
    Q_OBJECT
public:
    explicit TextDiffView(CompareContext& context, QWidget* parent = nullptr);

    /// Compares two values of a field; files can be chosen from there.
    void showField(const RunLook& left, const RunLook& right, const QString& field, std::string leftText,
                   std::string rightText);
    /// Compares files: the first one that both have, until another is chosen.
    void showFiles(const RunLook& left, const RunLook& right);
    /// To the next changed line, or back with step -1. False: there is none.
    bool goToChange(int step);

    bool busy() const { return m_busy || m_listing; }
    const TextPairPtr& pair() const { return m_pair; }
    const std::vector<std::string>& files() const { return m_files; }
    void openFile(const std::string& path);
    QListView& side(bool right) { return *(right ? m_right : m_left); }

signals:
    void closed();
    void busyChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* buildHead();
    QListView* buildSide(TextSideModel* model, const QString& name);
    void begin(const RunLook& left, const RunLook& right);
    void listFiles(bool openFirst);
    void onFiles(Result<std::vector<std::string>> files, bool openFirst);
    void fillMenu();
    void compareField();
    void present(Result<TextPairPtr> pair);
    void setBusy(bool busy);

    CompareContext& m_context;
    RunLook m_leftRun, m_rightRun;
    QString m_field; // empty: files only
    std::string m_leftText, m_rightText;
    std::vector<std::string> m_files;
    QString m_filesProblem;
    TextPairPtr m_pair;
    bool m_busy = false;
    bool m_listing = false;

    PickerButton* m_subject;
    QMenu* m_menu;
    TextLabel* m_counts;
    TextLabel* m_note;
    ElidedLabel* m_leftName;
    ElidedLabel* m_rightName;
    TextSideModel* m_leftModel;
    TextSideModel* m_rightModel;
    QListView* m_left;
    QListView* m_right;
    QStackedWidget* m_stack;
    StatePanel* m_state;
};

} // namespace sextant
