package org.physionet.provisioner.adapters.aws;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the AWS tools say to researchers, what it means and what to do. The first that fits answers. */
final class KnownRefusals {
    private record Known(Pattern says, String means) {}

    private static final List<Known> ALL = List.of(
            known(
                    "Unable to locate credentials|NoCredentialsError|Unable to load credentials|--no-sign-request",
                    "The request was not signed: reading needs your own AWS credentials. Run \"aws configure\" with an access"
                            + " key of the IAM user that you linked; --no-sign-request can not work."),
            known(
                    "explicit deny.*(identity-based|service control|permissions boundary|session)",
                    "A rule of your own organisation forbids it (an explicit deny on your side). Ask the administrator of"
                            + " your AWS account."),
            known(
                    "no identity-based policy allows",
                    "Our side may allow it, but your own does not: attach the IAM policy from the access instructions to your"
                            + " IAM user, with the name of your access point in it."),
            known(
                    "no session policy allows|assumed-role/",
                    "You are signed in as a role (for example through single sign-on). Access is for the IAM user that you"
                            + " linked: use that user's access keys (aws sts get-caller-identity shows who you are)."),
            known(
                    "explicit deny in a resource-based policy",
                    "The listing went beyond the dataset's folder. List exactly the folder, with the slash at the end:"
                            + " aws s3 ls s3://arn:aws:s3:…:accesspoint/NAME/DATASET/VERSION/"),
            known(
                    "no resource-based policy allows",
                    "Our access point does not let you in: the linked identity is another one (compare"
                            + " aws sts get-caller-identity), access has ended, or it was granted less than a few minutes ago."),
            known(
                    "InvalidAccessKeyId|SignatureDoesNotMatch|InvalidClientTokenId|security token included in the request is"
                            + " invalid",
                    "Your access key or secret is wrong or was deleted. Create a new access key for the linked IAM user and"
                            + " run \"aws configure\"."),
            known(
                    "ExpiredToken|token.*has expired|token included in the request is expired",
                    "Your temporary credentials have ended. Sign in again, or use the access key of the linked IAM user."),
            known(
                    "RequestTimeTooSkewed|difference between the request time and the current time",
                    "The clock of your machine is wrong; set it and try again."),
            known(
                    "PermanentRedirect|AuthorizationHeaderMalformed|must be addressed using the specified endpoint|"
                            + "IllegalLocationConstraint|region.*is wrong|use_arn_region|Use of ARN region",
                    "Your tool talked to another region. Use the access point's full ARN (it contains the region) and, if it"
                            + " insists on yours, set AWS_S3_USE_ARN_REGION=true or --region to the one in the ARN."),
            known(
                    "NoSuchAccessPoint|The specified accesspoint does not exist",
                    "There is no access point of that name. Copy the name again from the access instructions."),
            known(
                    "NoSuchBucket|The specified bucket does not exist|Invalid bucket name",
                    "The address is not that of an access point. Use s3://arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME/…, as in"
                            + " the access instructions; old versions of the AWS CLI do not know such addresses: update to 2."),
            known(
                    "NoSuchKey|key does not exist|\\(404\\).*HeadObject",
                    "You have access, but there is no such file. List the folder and compare the name."),
            known(
                    "kms:Decrypt|AWS KMS|KMS\\.",
                    "The data are encrypted with a key of their own: your IAM user also needs kms:Decrypt for it. The access"
                            + " instructions name the key."),
            known(
                    "\\(403\\)|AccessDenied|Access Denied|Forbidden",
                    "S3 refused without saying why. In this order: sign in as the linked IAM user (aws sts"
                            + " get-caller-identity); use the access point's address, not the bucket's name, with the slash at"
                            + " the end; attach the IAM policy from the access instructions to that user; a grant can take a"
                            + " few minutes."));

    private KnownRefusals() {}

    static Optional<String> diagnose(String errorText) {
        return ALL.stream()
                .filter(known -> known.says().matcher(errorText).find())
                .map(Known::means)
                .findFirst();
    }

    private static Known known(String says, String means) {
        return new Known(Pattern.compile(says, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), means);
    }
}
