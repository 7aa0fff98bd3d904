package org.physionet.provisioner.simulator.aws.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Condition operators, case by case. The first column names the page of the IAM user guide from which the row is derived:
 * OPS = "IAM JSON policy elements: Condition operators", MULTI = "Set operators for multi-valued context keys",
 * VARS = "Variables and tags", KEYS = "AWS global condition context keys".
 */
class ConditionTruthTableTest {

    /** @param value what the request has under the key; "-" for nothing; "," between several */
    @ParameterizedTest(name = "[{0}] {1} {2} with {3} is {4}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "OPS|StringEquals|[\"ada\"]|ada|true",
                "OPS|StringEquals|[\"ada\"]|Ada|false",
                "OPS|StringEquals|[\"bob\",\"ada\"]|ada|true",
                "OPS|StringEquals|\"a*\"|ada|false",
                "OPS|StringEquals|\"ada\"|-|false",
                "OPS|StringNotEquals|\"ada\"|bob|true",
                "OPS|StringNotEquals|[\"ada\",\"bob\"]|bob|false",
                "OPS|StringNotEquals|\"ada\"|-|true",
                "OPS|StringEqualsIgnoreCase|\"ADA\"|ada|true",
                "OPS|StringNotEqualsIgnoreCase|\"ADA\"|ada|false",
                "OPS|StringLike|\"AROA1:*\"|AROA1:lab|true",
                "OPS|StringLike|\"a?a\"|ada|true",
                "OPS|StringLike|\"a?a\"|aa|false",
                "OPS|StringLike|\"*/3.1/*\"|mimiciv/3.1/x|true",
                "OPS|StringLike|\"mimiciv/3.1/*\"|mimiciv/3.10/x|false",
                "OPS|StringLike|\"x*\"|-|false",
                "OPS|StringNotLike|\"mimiciv/*\"|mimiciv/a|false",
                "OPS|StringNotLike|\"mimiciv/*\"|eicu/a|true",
                "OPS|StringNotLike|\"mimiciv/*\"|-|true",
                "OPS|NumericEquals|\"10\"|10.0|true",
                "OPS|NumericLessThan|\"10\"|9|true",
                "OPS|NumericLessThan|\"10\"|10|false",
                "OPS|NumericLessThanEquals|10|10|true",
                "OPS|NumericGreaterThan|\"10\"|11|true",
                "OPS|NumericGreaterThanEquals|\"10\"|9|false",
                "OPS|NumericNotEquals|\"10\"|9|true",
                "OPS|NumericEquals|\"ten\"|10|false",
                "OPS|DateLessThan|\"2026-11-01T00:00:00Z\"|2026-10-31T23:59:59Z|true",
                "OPS|DateLessThan|\"2026-11-01T00:00:00Z\"|2026-11-01T00:00:00Z|false",
                "OPS|DateLessThanEquals|\"2026-11-01T00:00:00Z\"|2026-11-01T00:00:00Z|true",
                "OPS|DateGreaterThan|\"2026-11-01\"|2026-11-01T00:00:01Z|true",
                "OPS|DateGreaterThan|\"1793491200\"|2026-11-01T00:00:01Z|true",
                "OPS|DateEquals|\"2026-11-01T01:00:00+01:00\"|2026-11-01T00:00:00Z|true",
                "OPS|DateNotEquals|\"2026-11-01T00:00:00Z\"|2026-11-01T00:00:00Z|false",
                "OPS|Bool|\"true\"|true|true",
                "OPS|Bool|true|true|true",
                "OPS|Bool|\"false\"|true|false",
                "OPS|Bool|\"false\"|-|false",
                "OPS|BinaryEquals|\"QmluYXJ5VmFsdWVJbkJhc2U2NA==\"|QmluYXJ5VmFsdWVJbkJhc2U2NA==|true",
                "OPS|BinaryEquals|\"QmluYXJ5VmFsdWVJbkJhc2U2NA==\"|qmluYXJ5VmFsdWVJbkJhc2U2NA==|false",
                "OPS|IpAddress|\"203.0.113.0/24\"|203.0.113.19|true",
                "OPS|IpAddress|\"203.0.113.0/24\"|203.0.114.19|false",
                "OPS|IpAddress|\"2001:DB8:1234:5678::/64\"|2001:db8:1234:5678::1|true",
                "OPS|IpAddress|\"203.0.113.19\"|203.0.113.19|true",
                "OPS|NotIpAddress|\"203.0.113.0/24\"|203.0.113.19|false",
                "OPS|ArnEquals|\"arn:aws:iam::444455556666:user/*\"|arn:aws:iam::444455556666:user/ada|true",
                "OPS|ArnLike|\"arn:aws:iam::*:user/ada\"|arn:aws:iam::444455556666:user/ada|true",
                "OPS|ArnLike|\"arn:aws:*:user/ada\"|arn:aws:iam::444455556666:user/ada|false",
                "OPS|ArnNotLike|\"arn:aws:iam::*:user/ada\"|arn:aws:iam::444455556666:user/bob|true",
                "OPS|ArnNotEquals|\"arn:aws:iam::4:user/ada\"|-|true",
                "OPS|Null|\"true\"|-|true",
                "OPS|Null|\"true\"|x|false",
                "OPS|Null|\"false\"|x|true",
                "OPS|Null|\"false\"|-|false",
                "OPS|StringEqualsIfExists|\"ada\"|-|true",
                "OPS|StringEqualsIfExists|\"ada\"|bob|false",
                "OPS|StringLikeIfExists|\"a*\"|ada|true",
                "MULTI|ForAnyValue:StringEquals|[\"a\",\"b\"]|b,c|true",
                "MULTI|ForAnyValue:StringEquals|[\"a\",\"b\"]|c,d|false",
                "MULTI|ForAnyValue:StringEquals|[\"a\"]|-|false",
                "MULTI|ForAllValues:StringEquals|[\"a\",\"b\"]|a,b|true",
                "MULTI|ForAllValues:StringEquals|[\"a\",\"b\"]|a,c|false",
                "MULTI|ForAllValues:StringEquals|[\"a\"]|-|true",
                "MULTI|ForAllValues:StringLike|[\"a*\"]|a1,a2|true",
                "VARS|StringEquals|\"${aws:username}\"|ada|true",
                "VARS|StringLike|\"home/${aws:username}/*\"|home/ada/x|true",
                "VARS|StringLike|\"home/${aws:username}/*\"|home/bob/x|false",
                "VARS|StringLike|\"${*}x\"|*x|true",
                "VARS|StringLike|\"${*}x\"|yx|false",
                "VARS|StringEquals|\"${aws:PrincipalTag/team, 'none'}\"|none|true",
                "VARS|StringEquals|\"${aws:PrincipalTag/team}\"||false"
            })
    void holds(String page, String operator, String values, String value, boolean expected) {
        RequestContext context = RequestContext.empty().with("aws:username", "ada");
        if (!"-".equals(value)) {
            context = context.with("my:key", value == null ? new String[] {""} : value.split(","));
        }
        assertThat(holds("{\"" + operator + "\":{\"my:Key\":" + values + "}}", "2012-10-17", context))
                .as(page)
                .isEqualTo(expected);
    }

    /** KEYS: all operators of a block, and all keys of an operator, must hold; VARS: 2008 knows no variables. */
    @ParameterizedTest(name = "[{0}] {1} in version {2} is {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "KEYS|{\"StringEquals\":{\"aws:username\":\"ada\",\"aws:userid\":\"AIDA1\"}}|2012-10-17|true",
                "KEYS|{\"StringEquals\":{\"aws:username\":\"ada\",\"aws:userid\":\"AIDA2\"}}|2012-10-17|false",
                "KEYS|{\"StringEquals\":{\"aws:username\":\"ada\"},\"Bool\":{\"aws:SecureTransport\":\"true\"}}|2012-10-17|true",
                "KEYS|{\"StringEquals\":{\"aws:username\":\"ada\"},\"Bool\":{\"aws:SecureTransport\":\"false\"}}|2012-10-17|false",
                "KEYS|{\"StringEquals\":{\"AWS:UserName\":\"ada\"}}|2012-10-17|true",
                "VARS|{\"StringEquals\":{\"aws:username\":\"${aws:username}\"}}|2012-10-17|true",
                "VARS|{\"StringEquals\":{\"aws:username\":\"${aws:username}\"}}|2008-10-17|false"
            })
    void blocks(String page, String block, String version, boolean expected) {
        RequestContext context = RequestContext.empty()
                .with("aws:username", "ada")
                .with("aws:userid", "AIDA1")
                .with("aws:SecureTransport", "true");
        assertThat(holds(block, version, context)).as(page).isEqualTo(expected);
    }

    private static boolean holds(String block, String version, RequestContext context) {
        String policy =
                "{\"Version\":\"" + version + "\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\","
                        + "\"Resource\":\"*\",\"Condition\":" + block + "}}";
        PolicyDocument document = PolicyReader.read(PolicyText.parse(policy, 10_000), PolicyReader.Dialect.IDENTITY);
        return document.evaluate(new Caller.Anonymous(), "s3:GetObject", "arn:aws:s3:::b/k", context)
                        .effect()
                == PolicyDocument.Effect.ALLOWS;
    }
}
