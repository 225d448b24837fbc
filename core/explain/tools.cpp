// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/tools.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Tools
{
    Q_DECLARE_TR_FUNCTIONS(Tools)
};

} // namespace

QString toolIsNotThere()
{
    return Tools::tr("there is no such program");
}

QString toolIsSilent()
{
    return Tools::tr("no answer in time");
}

QString toolCrashed()
{
    return Tools::tr("it crashed");
}

QString toolEnded(int status)
{
    return Tools::tr("it ended with status %1").arg(QString::number(status));
}

QString toolPrintsTooMuch()
{
    return Tools::tr("it prints too much");
}

QString printsNoJson()
{
    return Tools::tr("what it prints is not JSON");
}

QString printsOtherVersion()
{
    return Tools::tr("what it prints is not of version 1");
}

QString printsNoKeys()
{
    return Tools::tr("it prints no AccessKeyId or no SecretAccessKey");
}

QString printsNoTime()
{
    return Tools::tr("the Expiration that it prints is no time");
}

QString lineIsEmpty()
{
    return Tools::tr("empty");
}

QString backslashAtEnd()
{
    return Tools::tr("a backslash at the end");
}

QString quoteWithoutEnd()
{
    return Tools::tr("a quote without its end");
}

QString credentialProcessIsBad(const QString& profile, const QString& why)
{
    return Tools::tr("the credential_process of the AWS profile %1: %2").arg(profile, why);
}

QString noAwsProfile(const QString& profile, const QString& credentials, const QString& config)
{
    return Tools::tr("there is no AWS profile %1 in %2 or %3").arg(profile, credentials, config);
}

QString noAwsKeys()
{
    return Tools::tr("there are no AWS credentials");
}

QString keychainIsSilent()
{
    return Tools::tr("it does not answer");
}

} // namespace slotscope::explain
