#include "ui/widgets/state_panel.h"

#include "ui/widgets/label.h"

#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace sextant {

class StatePanel::Picture final : public QWidget
{
public:
    explicit Picture(QWidget* parent) : QWidget(parent), m_spinner(new Spinner(32, this))
    {
        setFixedSize(32, 32);
    }

    void show(const QString& icon, const char* token)
    {
        m_icon = icon;
        m_token = token;
        m_spinner->setVisible(icon.isEmpty());
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        if (m_icon.isEmpty())
            return;
        QPainter painter(this);
        const Theme& theme = Theme::of(this);
        theme.drawIcon(&painter, rect(), m_icon, 32, theme.color(m_token));
    }

private:
    Spinner* m_spinner;
    QString m_icon;
    const char* m_token = "text.muted";
};

StatePanel::StatePanel(QWidget* parent)
    : QWidget(parent), m_picture(new Picture(this)),
      m_sentence(new TextLabel({}, Theme::Text::BodyStrong, "text", this)),
      m_detail(new TextLabel({}, Theme::Text::Body, "text.muted", this)), m_bar(new QProgressBar(this)),
      m_button(new QPushButton(this))
{
    for (TextLabel* label : {m_sentence, m_detail}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        label->setMaximumWidth(520);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_bar->setFixedWidth(120);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(6);
    layout->addStretch(2);
    layout->addWidget(m_picture, 0, Qt::AlignHCenter);
    layout->addSpacing(4);
    layout->addWidget(m_sentence, 0, Qt::AlignHCenter);
    layout->addWidget(m_detail, 0, Qt::AlignHCenter);
    layout->addWidget(m_bar, 0, Qt::AlignHCenter);
    layout->addSpacing(4);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    m_bar->hide();
    setAction({}, {});
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_run)
            m_run();
    });
}

void StatePanel::show(const QString& icon, const char* iconToken, const QString& sentence,
                      const QString& detail)
{
    m_picture->show(icon, iconToken);
    m_sentence->setText(sentence);
    // Wrapped labels are as wide as we say, not as their first guess.
    m_sentence->setMinimumWidth(std::min(520, m_sentence->fontMetrics().horizontalAdvance(sentence) + 4));
    m_detail->setText(detail);
    m_detail->setMinimumWidth(std::min(520, m_detail->fontMetrics().horizontalAdvance(detail) + 4));
    for (auto* label : {m_sentence, m_detail})
        label->setMinimumHeight(std::max(0, label->heightForWidth(label->minimumWidth())));
    m_detail->setVisible(!detail.isEmpty());
    m_bar->hide();
    setToolTip({});
    setAction({}, {});
    setAccessibleName(sentence);
    setAccessibleDescription(detail);
}

void StatePanel::showEmpty(const QString& icon, const QString& sentence, const QString& detail)
{
    show(icon, "text.muted", sentence, detail);
}

void StatePanel::showLoading(const QString& sentence, const QString& detail, quint64 done, quint64 total)
{
    show({}, "text.muted", sentence, detail);
    m_bar->setVisible(total > 0);
    if (total > 0) {
        m_bar->setRange(0, 1000);
        m_bar->setValue(int(1000.0 * double(done) / double(total)));
    }
}

void StatePanel::showError(const Error& error)
{
    show(QStringLiteral("circle-x"), "error.fg", oneSentence(QString::fromStdString(error.message)),
         oneSentence(QString::fromStdString(error.hint)));
    setToolTip(QString::fromStdString(error.detail).toHtmlEscaped());
}

void StatePanel::setAction(const QString& text, std::function<void()> run)
{
    m_button->setText(text);
    m_button->setAccessibleName(text.isEmpty() ? tr("Action") : text);
    m_button->setVisible(!text.isEmpty());
    m_run = std::move(run);
}

Spinner::Spinner(int size, QWidget* parent) : QWidget(parent), m_size(size)
{
    setFixedSize(size, size);
    setAccessibleName(tr("Busy"));
}

void Spinner::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.translate(m_size / 2.0, m_size / 2.0);
    painter.rotate(m_angle);
    painter.drawPixmap(QPointF(-m_size / 2.0, -m_size / 2.0),
                       theme.pixmap(QStringLiteral("loader-circle"), m_size, theme.color("text.muted"),
                                    devicePixelRatioF()));
}

void Spinner::timerEvent(QTimerEvent*)
{
    m_angle = (m_angle + 20) % 360;
    update();
}

void Spinner::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_timer)
        m_timer = startTimer(60);
}

void Spinner::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    if (m_timer)
        killTimer(std::exchange(m_timer, 0));
}

} // namespace sextant
