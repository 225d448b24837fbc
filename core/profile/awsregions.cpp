// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/awsregions.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace slotscope::profile {

using namespace Qt::StringLiterals;

namespace {

struct Region
{
    QLatin1StringView code;
    QLatin1StringView name;
};

// The regions of the partitions aws, aws-cn and aws-us-gov, sorted. The codes of the isolated
// partitions and of aws-eusc are not published.
constexpr std::array regions {
    Region { "afs1"_L1, "af-south-1"_L1 },
    Region { "ape1"_L1, "ap-east-1"_L1 },
    Region { "ape2"_L1, "ap-east-2"_L1 },
    Region { "apne1"_L1, "ap-northeast-1"_L1 },
    Region { "apne2"_L1, "ap-northeast-2"_L1 },
    Region { "apne3"_L1, "ap-northeast-3"_L1 },
    Region { "aps1"_L1, "ap-south-1"_L1 },
    Region { "aps2"_L1, "ap-south-2"_L1 },
    Region { "apse1"_L1, "ap-southeast-1"_L1 },
    Region { "apse2"_L1, "ap-southeast-2"_L1 },
    Region { "apse3"_L1, "ap-southeast-3"_L1 },
    Region { "apse4"_L1, "ap-southeast-4"_L1 },
    Region { "apse5"_L1, "ap-southeast-5"_L1 },
    Region { "apse6"_L1, "ap-southeast-6"_L1 },
    Region { "apse7"_L1, "ap-southeast-7"_L1 },
    Region { "cac1"_L1, "ca-central-1"_L1 },
    Region { "caw1"_L1, "ca-west-1"_L1 },
    Region { "cnn1"_L1, "cn-north-1"_L1 },
    Region { "cnnw1"_L1, "cn-northwest-1"_L1 },
    Region { "euc1"_L1, "eu-central-1"_L1 },
    Region { "euc2"_L1, "eu-central-2"_L1 },
    Region { "eun1"_L1, "eu-north-1"_L1 },
    Region { "eus1"_L1, "eu-south-1"_L1 },
    Region { "eus2"_L1, "eu-south-2"_L1 },
    Region { "euw1"_L1, "eu-west-1"_L1 },
    Region { "euw2"_L1, "eu-west-2"_L1 },
    Region { "euw3"_L1, "eu-west-3"_L1 },
    Region { "ilc1"_L1, "il-central-1"_L1 },
    Region { "mec1"_L1, "me-central-1"_L1 },
    Region { "mes1"_L1, "me-south-1"_L1 },
    Region { "mxc1"_L1, "mx-central-1"_L1 },
    Region { "sae1"_L1, "sa-east-1"_L1 },
    Region { "use1"_L1, "us-east-1"_L1 },
    Region { "use2"_L1, "us-east-2"_L1 },
    Region { "usge1"_L1, "us-gov-east-1"_L1 },
    Region { "usgw1"_L1, "us-gov-west-1"_L1 },
    Region { "usw1"_L1, "us-west-1"_L1 },
    Region { "usw2"_L1, "us-west-2"_L1 },
};

} // namespace

QString regionOfShortCode(QStringView code)
{
    const auto found = std::find_if(
        regions.begin(), regions.end(), [code](const Region& r) { return code == r.code; });
    return found == regions.end() ? QString() : QString(found->name);
}

bool looksLikeRegion(QStringView name)
{
    static const QRegularExpression form(u"^[a-z]{2,4}(?:-[a-z]{1,16}){1,3}-[0-9]{1,2}$"_s);
    return form.match(name.toString()).hasMatch();
}

} // namespace slotscope::profile
