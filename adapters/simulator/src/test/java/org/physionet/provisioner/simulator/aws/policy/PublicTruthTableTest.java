package org.physionet.provisioner.simulator.aws.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S3 user guide, "Blocking public access to your Amazon S3 storage", "The meaning of public"; facts/aws.md A1.4. */
class PublicTruthTableTest {

    @ParameterizedTest(name = "{0} if {1} is public: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"*\"|{}|true",
                "{\"AWS\":\"*\"}|{}|true",
                "{\"AWS\":[\"111122223333\",\"*\"]}|{}|true",
                "{\"AWS\":\"arn:aws:iam::444455556666:root\"}|{}|false",
                "{\"AWS\":\"AIDAADAADAADAADAADA\"}|{}|false",
                "{\"Service\":\"logging.s3.amazonaws.com\"}|{}|false",
                "\"*\"|{\"StringEquals\":{\"aws:userid\":[\"AIDAADAADAADAADAADA\",\"AIDABOBBOBBOBBOBBOB\"]}}|false",
                "\"*\"|{\"StringLike\":{\"aws:userid\":\"AIDAADAADAADAADAADA\"}}|false",
                "\"*\"|{\"StringLike\":{\"aws:userid\":\"AROAROLEROLEROLEROL:*\"}}|true",
                "\"*\"|{\"StringEquals\":{\"aws:userid\":\"AROAROLEROLEROLEROL:lab\"}}|false",
                "\"*\"|{\"StringEquals\":{\"aws:userid\":\"${aws:userid}\"}}|true",
                "\"*\"|{\"StringNotEquals\":{\"aws:userid\":\"AIDAADAADAADAADAADA\"}}|true",
                "\"*\"|{\"StringEqualsIfExists\":{\"aws:userid\":\"AIDAADAADAADAADAADA\"}}|true",
                "\"*\"|{\"ForAllValues:StringEquals\":{\"aws:userid\":\"AIDAADAADAADAADAADA\"}}|true",
                "\"*\"|{\"StringEquals\":{\"s3:DataAccessPointAccount\":\"111122223333\"}}|false",
                "\"*\"|{\"StringLike\":{\"s3:DataAccessPointAccount\":\"1111*\"}}|true",
                "\"*\"|{\"ArnLike\":{\"s3:DataAccessPointArn\":\"arn:aws:s3:us-west-2:123456789012:accesspoint/*\"}}|false",
                "\"*\"|{\"ArnLike\":{\"s3:DataAccessPointArn\":\"arn:aws:s3:us-west-2:*:accesspoint/*\"}}|true",
                "\"*\"|{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-abc\"}}|false",
                "\"*\"|{\"StringEquals\":{\"aws:SourceVpce\":\"vpce-1\"}}|false",
                "\"*\"|{\"StringLike\":{\"aws:SourceVpc\":\"vpc-*\"}}|true",
                "\"*\"|{\"IpAddress\":{\"aws:SourceIp\":\"203.0.113.0/24\"}}|false",
                "\"*\"|{\"IpAddress\":{\"aws:SourceIp\":\"0.0.0.0/0\"}}|true",
                "\"*\"|{\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/7\"}}|true",
                "\"*\"|{\"NotIpAddress\":{\"aws:SourceIp\":\"203.0.113.0/24\"}}|true",
                "\"*\"|{\"Bool\":{\"aws:SecureTransport\":\"true\"}}|true",
                "\"*\"|{\"StringEquals\":{\"aws:PrincipalArn\":\"arn:aws:iam::444455556666:user/ada\"}}|true",
                "\"*\"|{\"StringLike\":{\"s3:prefix\":\"x\"}}|true"
            })
    void anAllow(String principal, String condition, boolean isPublic) {
        assertThat(PublicPolicy.isPublic(policy("Allow", principal, condition))).isEqualTo(isPublic);
        assertThat(PublicPolicy.isPublic(policy("Deny", principal, condition))).isFalse();
    }

    private static PolicyDocument policy(String effect, String principal, String condition) {
        return PolicyReader.read(
                PolicyText.parse(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Principal\":"
                                + principal
                                + ",\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::b\",\"Condition\":"
                                + condition + "}]}",
                        20_480),
                PolicyReader.Dialect.RESOURCE);
    }
}
