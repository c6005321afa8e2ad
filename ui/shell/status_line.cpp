#include "ui/shell/status_line.h"

#include "ui/theme/style_parts.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/state_panel.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>
#include <QVBoxLayout>

namespace sextant {

namespace {
constexpr int kSide = 10;
constexpr int kGap = 20;

QString taskText(const JobState& job)
{
    QString text = job.activity.isEmpty() ? job.title : job.activity;
    if (job.total > 0)
        text +=
            QStringLiteral(", ") + QObject::tr("%1 of %2").arg(formatCount(job.done), formatCount(job.total));
    return text;
}
} // namespace

/// Small text that can be clicked, with an icon before it.
class StatusLine::TextButton final : public QAbstractButton
{
public:
    TextButton(const QString& icon, const char* color, QWidget* parent)
        : QAbstractButton(parent), m_icon(icon), m_color(color)
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        setAccessibleName(tr("Tasks"));
    }

    void show(const QString& text)
    {
        setText(text);
        setAccessibleName(text);
        setVisible(!text.isEmpty());
        updateGeometry();
        QWidget::update();
    }

    QSize sizeHint() const override
    {
        const QFontMetrics metrics(Theme::of(this).font(Theme::Text::Small));
        return {metrics.horizontalAdvance(text()) + (m_icon.isEmpty() ? 0 : 18) + 1, 20};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        QStyleOption option;
        option.initFrom(this);
        QFont font = theme.font(Theme::Text::Small);
        font.setUnderline(option.state.testFlag(QStyle::State_MouseOver));
        painter.setFont(font);
        painter.setPen(theme.color(m_color));
        if (!m_icon.isEmpty())
            theme.drawIcon(&painter, QRect(0, 0, 14, height()), m_icon, 14, theme.color(m_color));
        painter.drawText(rect().adjusted(m_icon.isEmpty() ? 0 : 18, 0, 4, 0),
                         Qt::AlignVCenter | Qt::AlignLeft, text());
        if (parts::keyboardFocus(option))
            parts::box(&painter, rect(), 3, {}, theme.color("focus.ring"), 2);
    }

private:
    QString m_icon;
    const char* m_color;
};

StatusLine::StatusLine(Session& session, Jobs& jobs, QWidget* parent)
    : QWidget(parent), m_session(session), m_jobs(jobs),
      m_warnings(new TextButton(QStringLiteral("triangle-alert"), "warning.fg", this)),
      m_spinner(new Spinner(14, this)), m_task(new TextButton({}, "text.muted", this)),
      m_bar(new QProgressBar(this)), m_cancel(new IconButton(QStringLiteral("x"), tr("Cancel task"), this)),
      m_read(new TextLabel({}, Theme::Text::Small, "text.muted", this))
{
    setFixedHeight(Theme::of(this).length("bar.status"));
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(90);
    m_bar->setAccessibleName(tr("Progress of the task"));
    m_cancel->setIconSize(QSize(14, 14));
    m_cancel->setFixedSize(24, 22);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(kSide, 1, kSide, 0);
    layout->setSpacing(8);
    layout->addStretch(1);
    layout->addWidget(m_warnings);
    layout->addSpacing(8);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_spinner, m_task, m_bar, m_cancel})
        layout->addWidget(widget);
    layout->addSpacing(8);
    layout->addWidget(m_read);

    connect(m_warnings, &QAbstractButton::clicked, this, &StatusLine::warningsWanted);
    connect(m_task, &QAbstractButton::clicked, this, &StatusLine::openTasks);
    connect(m_cancel, &QAbstractButton::clicked, this, [this] {
        if (const auto shown = m_jobs.visible(); !shown.empty())
            m_jobs.cancel(shown.front().id);
    });
    connect(&session, &Session::stateChanged, this, &StatusLine::updateSession);
    connect(&jobs, &Jobs::changed, this, &StatusLine::updateTasks);
    updateSession();
    updateTasks();
}

void StatusLine::setParts(const QStringList& parts)
{
    if (parts == m_parts)
        return;
    m_parts = parts;
    setAccessibleName(parts.join(QStringLiteral(", ")));
    update();
}

void StatusLine::setShowsTime(bool shows)
{
    m_showsTime = shows;
    updateSession();
}

void StatusLine::updateSession()
{
    const std::size_t skipped = m_session.warnings().size();
    m_warnings->show(skipped == 0 ? QString() : tr("%1 skipped").arg(formatCount(skipped)));
    m_warnings->setToolTip(
        tr("<b>What could not be read</b><br>Opens the list with the place and the reason of each."));
    if (m_session.state() != Session::State::Open)
        m_read->setText(tr("Sextant %1").arg(QStringLiteral(SEXTANT_VERSION)));
    else if (m_session.readAt().isValid() && m_showsTime)
        m_read->setText(tr("Read %1").arg(m_session.readAt().toString(QStringLiteral("HH:mm:ss"))));
    else
        m_read->setText({});
    m_read->setToolTip(tr("When the runs shown were last known to be what the store holds"));
}

void StatusLine::updateTasks()
{
    const auto tasks = m_jobs.visible();
    const bool any = !tasks.empty();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_spinner, m_task, m_bar, m_cancel})
        widget->setVisible(any);
    if (!any)
        return;
    const JobState& first = tasks.front();
    QString text = taskText(first);
    if (tasks.size() > 1)
        text += tr(" and %1 more").arg(tasks.size() - 1);
    m_task->show(text);
    m_task->setToolTip(tasks.size() > 1 ? tr("Show all tasks") : first.title.toHtmlEscaped());
    m_bar->setVisible(first.total > 0);
    m_bar->setRange(0, 1000);
    m_bar->setValue(first.total > 0 ? int(1000.0 * double(first.done) / double(first.total)) : 0);
}

void StatusLine::openTasks()
{
    auto* popup = new Popup(tr("Tasks"), this);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    popup->body()->setSpacing(2);
    for (const JobState& job : m_jobs.visible()) {
        auto* row = new QWidget(popup);
        auto* layout = new QHBoxLayout(row);
        layout->setContentsMargins(12, 2, 6, 2);
        layout->addWidget(new TextLabel(job.title, Theme::Text::Body, "text", row), 1);
        layout->addWidget(new TextLabel(taskText(job), Theme::Text::Small, "text.muted", row));
        auto* cancel = new IconButton(QStringLiteral("x"), tr("Cancel %1").arg(job.title), row);
        connect(cancel, &QAbstractButton::clicked, this, [this, id = job.id, popup] {
            m_jobs.cancel(id);
            popup->close();
        });
        layout->addWidget(cancel);
        popup->body()->addWidget(row);
    }
    popup->openBelow(m_task);
}

void StatusLine::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.2"));
    painter.fillRect(QRect(0, 0, width(), 1), theme.color("border.hairline"));
    painter.setFont(theme.font(Theme::Text::Small));
    int x = kSide;
    const int end = m_warnings->isVisible()  ? m_warnings->x()
                    : m_spinner->isVisible() ? m_spinner->x()
                                             : m_read->x();
    for (const QString& part : m_parts) {
        const int length = painter.fontMetrics().horizontalAdvance(part);
        if (x + length > end - kGap)
            break;
        if (x > kSide)
            painter.fillRect(QRect(x - kGap / 2, 6, 1, height() - 11), theme.color("border.hairline"));
        painter.setPen(theme.color("text.muted"));
        painter.drawText(QRect(x, 1, length + 2, height() - 1), Qt::AlignVCenter | Qt::AlignLeft, part);
        x += length + kGap + 1;
    }
}

} // namespace sextant
