// AuditHead: the verdict in one line: icon, words, counts. While a verification runs it says so, with a way
// to stop it; what is no longer fresh it does not call verified. GUI thread only.
#pragma once

#include "ui/audit/audit_items_model.h"

#include <QWidget>

class QPushButton;

namespace sextant {

class BadgeLabel;
class ElidedLabel;

class AuditHead final : public QWidget
{
    Q_OBJECT
public:
    explicit AuditHead(QWidget* parent = nullptr);

    void showVerdict(const registry::Audit& audit, const AuditCounts& counts);
    /// The verdict before is not valid any more: the store changed.
    void showStale(const QString& why);
    void showBusy(const QString& activity, quint64 done, quint64 total);

    QString headline() const;

signals:
    void cancelWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void show(const QString& icon, const char* color, const QString& headline, const QString& detail);

    QString m_icon;
    QByteArray m_color;
    ElidedLabel* m_headline;
    ElidedLabel* m_detail;
    std::vector<BadgeLabel*> m_badges; // verified, fail, not checked, gaps, not recorded
    QPushButton* m_cancel;
    double m_share = -1; // of the work under way
};

} // namespace sextant
