// Banner: a strip across a page that says what is out of the ordinary, with at most one action.
#pragma once

#include <QWidget>

#include <functional>

class QPushButton;

namespace sextant {

class ElidedLabel;

class Banner final : public QWidget
{
    Q_OBJECT
public:
    enum class Kind { Info, Warning, Error };

    explicit Banner(QWidget* parent = nullptr);

    /// Strong first words, then the rest.
    void showMessage(Kind kind, const QString& headline, const QString& text);
    void setAction(const QString& text, std::function<void()> run);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Kind m_kind = Kind::Info;
    ElidedLabel* m_headline;
    ElidedLabel* m_text;
    QPushButton* m_button;
    std::function<void()> m_run;
};

} // namespace sextant
