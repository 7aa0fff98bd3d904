package org.physionet.provisioner.adapters.aws.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.adapters.aws.policy.PublicLint.Place;

/**
 * Truth table of "public". Sources: D = docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html,
 * "The meaning of public" (facts/aws.md source 14); A = the API reference's PublicAccessBlockConfiguration, which lists the
 * same; F = facts/aws.md A1.4, our reading where AWS is silent: then the answer is "public".
 */
class PublicLintTest {
    @ParameterizedTest(name = "[{0}] {1} with {2} is public: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                // a fixed principal is not public, a wildcard is (D: "AWS principal, user, role, or service principal")
                "D | {\"AWS\":\"arn:aws:iam::111122223333:user/ada\"}           | - | false",
                "D | {\"AWS\":[\"AIDA00000000000000001\"]}                      | - | false",
                "D | {\"AWS\":\"111122223333\"}                                 | - | false",
                "D | {\"Service\":\"logging.s3.amazonaws.com\"}                 | - | false",
                "D | \"*\"                                                      | - | true",
                "D | {\"AWS\":\"*\"}                                            | - | true",
                "D | {\"AWS\":[\"111122223333\",\"*\"]}                         | - | true",
                // fixed values of the listed keys
                "D | \"*\" | {\"StringEquals\":{\"aws:userid\":[\"AIDA1\",\"AIDA2\"]}}             | false",
                "D | \"*\" | {\"StringEquals\":{\"aws:userid\":\"AIDA1\"}}                         | false",
                "D | \"*\" | {\"StringEquals\":{\"AWS:UserId\":\"AIDA1\"}}                         | false",
                "D | \"*\" | {\"StringLike\":{\"aws:userid\":\"AROA1:*\"}}                         | true",
                "D | \"*\" | {\"StringLike\":{\"aws:userid\":[\"AIDA1\",\"*\"]}}                   | true",
                "D | \"*\" | {\"StringLike\":{\"aws:userid\":\"AIDA?\"}}                           | true",
                "D | \"*\" | {\"StringEquals\":{\"aws:userid\":\"${aws:userid}\"}}                 | true",
                "D | \"*\" | {\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-1\"}}                   | false",
                "D | \"*\" | {\"StringEquals\":{\"aws:SourceAccount\":\"111122223333\"}}           | false",
                "D | \"*\" | {\"StringEquals\":{\"aws:SourceOwner\":\"111122223333\"}}             | false",
                "D | \"*\" | {\"ArnEquals\":{\"aws:SourceArn\":\"arn:aws:sns:us-east-1:1:t\"}}     | false",
                "D | \"*\" | {\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:sns:us-east-1:*:t\"}}       | true",
                "D | \"*\" | {\"StringEquals\":{\"aws:SourceVpc\":\"vpc-1\"}}                      | false",
                "D | \"*\" | {\"StringLike\":{\"aws:SourceVpc\":\"vpc-*\"}}                        | true",
                "D | \"*\" | {\"StringEquals\":{\"aws:SourceVpce\":\"vpce-1\"}}                    | false",
                "A | \"*\" | {\"StringEquals\":{\"s3:x-amz-server-side-encryption-aws-kms-key-id\":\"k\"}} | false",
                "D | \"*\" | {\"IpAddress\":{\"aws:SourceIp\":\"192.0.2.0/24\"}}                   | false",
                "D | \"*\" | {\"IpAddress\":{\"aws:SourceIp\":\"192.0.2.7\"}}                      | false",
                "D | \"*\" | {\"IpAddress\":{\"aws:SourceIp\":\"0.0.0.0/0\"}}                      | true",
                "D | \"*\" | {\"IpAddress\":{\"aws:SourceIp\":\"0.0.0.0/1\"}}                      | true",
                "D | \"*\" | {\"IpAddress\":{\"aws:SourceIp\":[\"192.0.2.0/24\",\"::/0\"]}}        | true",
                "D | \"*\" | {\"IpAddress\":{\"aws:SourceIp\":\"2001:db8::/32\"}}                  | false",
                "D | \"*\" | {\"IpAddress\":{\"aws:SourceIp\":\"2001:db8::/31\"}}                  | true",
                "D | \"*\" | {\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/8\"}}                     | false",
                // keys that are not on the list fix nothing
                "D | \"*\" | {\"Bool\":{\"aws:SecureTransport\":\"true\"}}                         | true",
                "D | \"*\" | {\"StringEquals\":{\"s3:prefix\":\"mimic/\"}}                         | true",
                "F | \"*\" | {\"StringEquals\":{\"aws:PrincipalAccount\":\"111122223333\"}}        | true",
                "F | \"*\" | {\"ArnEquals\":{\"aws:PrincipalArn\":\"arn:aws:iam::1:user/a\"}}      | true",
                // operators that also hold without the key, or that exclude, limit nothing
                "F | \"*\" | {\"StringEqualsIfExists\":{\"aws:userid\":\"AIDA1\"}}                 | true",
                "F | \"*\" | {\"ForAllValues:StringEquals\":{\"aws:userid\":\"AIDA1\"}}            | true",
                "F | \"*\" | {\"ForAnyValue:StringEquals\":{\"aws:userid\":\"AIDA1\"}}             | false",
                "F | \"*\" | {\"StringNotEquals\":{\"aws:userid\":\"AIDA1\"}}                      | true",
                "F | \"*\" | {\"NotIpAddress\":{\"aws:SourceIp\":\"192.0.2.0/24\"}}                | true",
                "F | \"*\" | {\"Null\":{\"aws:userid\":\"false\"}}                                 | true",
                "F | \"*\" | {\"StringEquals\":{\"aws:userid\":[]}}                                | true",
                // one fixed condition is enough, for conditions are an AND
                "D | \"*\" | {\"StringLike\":{\"s3:prefix\":\"m/*\"},\"StringEquals\":{\"aws:userid\":\"AIDA1\"}} | false",
            })
    void accessPointStatementIsPublicOrNot(String source, String principal, String condition, boolean expected) {
        assertThat(isPublic(statement("Allow", principal, condition), Place.ACCESS_POINT))
                .as(source)
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "[{0}] in a {1} policy {2} is public: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "D | BUCKET       | {\"StringEquals\":{\"s3:DataAccessPointAccount\":\"111122223333\"}} | false",
                "D | BUCKET       | {\"StringLike\":{\"s3:DataAccessPointAccount\":\"1111*\"}}          | true",
                "D | BUCKET       | {\"StringLike\":{\"s3:DataAccessPointArn\":\"arn:aws:s3:us-east-1:111122223333:accesspoint/*\"}} | false",
                "D | BUCKET       | {\"StringLike\":{\"s3:DataAccessPointArn\":\"arn:aws:s3:us-east-1:*:accesspoint/pn\"}} | true",
                "F | ACCESS_POINT | {\"StringEquals\":{\"s3:DataAccessPointAccount\":\"111122223333\"}} | true",
            })
    void delegationIsForBucketsOnly(String source, Place place, String condition, boolean expected) {
        assertThat(isPublic(statement("Allow", "\"*\"", condition), place))
                .as(source)
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a Deny opens nothing | {\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"} | false",
                "everybody but one | {\"Effect\":\"Allow\",\"NotPrincipal\":{\"AWS\":\"1\"},\"Action\":\"s3:GetObject\"} | true",
                "nobody named | {\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"} | true",
                "no effect is no Deny | {\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"} | true",
            })
    void oddStatementsAreJudgedOnTheSafeSide(String what, String statement, boolean expected) {
        assertThat(isPublic(statement, Place.ACCESS_POINT)).as(what).isEqualTo(expected);
    }

    private static String statement(String effect, String principal, String condition) {
        return "{\"Effect\":\"" + effect + "\",\"Principal\":" + principal
                + ",\"Action\":\"s3:GetObject\",\"Resource\":\"*\""
                + (condition == null ? "" : ",\"Condition\":" + condition) + "}";
    }

    private static boolean isPublic(String statement, Place place) {
        Policy policy = Policy.parse("{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}");
        return !PublicLint.publicStatements(policy, place).isEmpty();
    }
}
