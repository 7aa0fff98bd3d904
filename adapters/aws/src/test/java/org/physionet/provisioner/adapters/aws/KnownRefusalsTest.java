package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts as the AWS CLI and boto3 print them. */
class KnownRefusalsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Unable to locate credentials. You can configure credentials by running \"aws configure\". | aws configure",
                "botocore.exceptions.NoCredentialsError: Unable to locate credentials | aws configure",
                "An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:iam::9:user/ada is not authorized to perform: s3:ListBucket on resource: \"arn:aws:s3:us-east-1:1:accesspoint/pn\" because no identity-based policy allows the s3:ListBucket action | attach the IAM policy",
                "An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:iam::9:user/ada is not authorized to perform: s3:GetObject on resource: \"x\" because no resource-based policy allows the s3:GetObject action | Our access point does not let you in",
                "An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:iam::9:user/ada is not authorized to perform: s3:ListBucket with an explicit deny in a resource-based policy | with the slash at the end",
                "An error occurred (AccessDenied): User: arn:aws:iam::9:user/ada is not authorized to perform: s3:GetObject with an explicit deny in a service control policy | your own organisation",
                "An error occurred (AccessDenied): User: arn:aws:sts::9:assumed-role/AWSReservedSSO_x/ada is not authorized to perform: s3:GetObject | signed in as a role",
                "An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied | linked IAM user",
                "fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden | linked IAM user",
                "An error occurred (InvalidAccessKeyId) when calling the ListObjectsV2 operation: The AWS Access Key Id you provided does not exist in our records. | Create a new access key",
                "An error occurred (SignatureDoesNotMatch) when calling the ListObjectsV2 operation | Create a new access key",
                "An error occurred (ExpiredToken) when calling the ListObjectsV2 operation: The provided token has expired. | Sign in again",
                "An error occurred (RequestTimeTooSkewed): The difference between the request time and the current time is too large. | clock",
                "An error occurred (PermanentRedirect): The bucket you are attempting to access must be addressed using the specified endpoint. | another region",
                "Invalid configuration: Use of ARN region is not set | another region",
                "An error occurred (NoSuchAccessPoint): The specified accesspoint does not exist | Copy the name again",
                "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist | accesspoint/NAME",
                "An error occurred (404) when calling the HeadObject operation: Key \"x\" does not exist | no such file",
                "An error occurred (AccessDenied): User: arn:aws:iam::9:user/ada is not authorized to perform: kms:Decrypt on resource | kms:Decrypt",
            })
    void refusalIsRecognisedAndSaysWhatToDo(String shown, String advice) {
        assertThat(KnownRefusals.diagnose(shown))
                .hasValueSatisfying(text -> assertThat(text).contains(advice));
    }

    @Test
    void strangersErrorIsLeftAlone() {
        assertThat(KnownRefusals.diagnose("412: user does not exist in GCP")).isEmpty();
        assertThat(KnownRefusals.diagnose("")).isEmpty();
    }
}
