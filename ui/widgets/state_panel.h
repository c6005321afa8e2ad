// StatePanel: what stands where content is not: empty, loading or failed. An icon, one sentence, what it is
// about, one action.
#pragma once

#include "core/base/error.h"

#include <QWidget>

#include <functional>

class QProgressBar;
class QPushButton;

namespace sextant {

class TextLabel;
class Spinner;

class StatePanel final : public QWidget
{
    Q_OBJECT
public:
    explicit StatePanel(QWidget* parent = nullptr);

    void showEmpty(const QString& icon, const QString& sentence, const QString& detail = {});
    /// `total` 0: no bar.
    void showLoading(const QString& sentence, const QString& detail = {}, quint64 done = 0,
                     quint64 total = 0);
    /// The error's sentence, its hint, and what the system said as the tooltip.
    void showError(const Error& error);
    /// The one action; an empty text takes it away. Each show… call takes it away too.
    void setAction(const QString& text, std::function<void()> run);

private:
    void show(const QString& icon, const char* iconToken, const QString& sentence, const QString& detail);

    class Picture;
    Picture* m_picture;
    TextLabel* m_sentence;
    TextLabel* m_detail;
    QProgressBar* m_bar;
    QPushButton* m_button;
    std::function<void()> m_run;
};

/// Turns while it is visible: something is under way.
class Spinner final : public QWidget
{
    Q_OBJECT
public:
    explicit Spinner(int size, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {m_size, m_size}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    int m_size;
    int m_timer = 0;
    int m_angle = 0;
};

} // namespace sextant
