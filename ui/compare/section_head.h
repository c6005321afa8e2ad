// SectionHead: the head of a section of panels: folds it, and opens the settings of the section.
#pragma once

#include <QAbstractButton>

namespace sextant {

class IconButton;

class SectionHead final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit SectionHead(QWidget* parent = nullptr);

    void showSection(const QString& name, std::size_t panels, bool folded);

signals:
    void foldWanted();
    void menuWanted(QPoint global);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    QString m_name, m_count;
    bool m_folded = false;
    IconButton* m_more;
};

} // namespace sextant
