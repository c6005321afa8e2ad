// SearchField: a field with an icon, a clear button and, at the right, the keys that lead to it.
#pragma once

#include <QLineEdit>

namespace sextant {

class SearchField final : public QLineEdit
{
    Q_OBJECT
public:
    explicit SearchField(const QString& placeholder, QWidget* parent = nullptr,
                         const QString& icon = QStringLiteral("search"));

    /// "Ctrl K", drawn as key caps while the field is empty.
    void setKeys(const QStringList& keys);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QString m_icon;
    QStringList m_keys;
};

} // namespace sextant
