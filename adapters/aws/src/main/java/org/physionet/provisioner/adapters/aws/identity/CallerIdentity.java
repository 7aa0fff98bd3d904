package org.physionet.provisioner.adapters.aws.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.engine.adapter.IdentityProof.Verdict;
import org.physionet.provisioner.engine.model.CloudAccount;

/**
 * STS's answer, read strictly: JSON with exactly the one root that it has, never XML (CVE-2020-16250: another call's answer may contain
 * whatever the caller likes), and judged by the type of its principal (facts/aws.md A3.4).
 */
record CallerIdentity(boolean roles) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern USER = Pattern.compile("arn:aws:iam::(\\d{12}):user/[\\x21-\\x7e]{1,600}");
    private static final Pattern ROLE = Pattern.compile("arn:aws:sts::(\\d{12}):assumed-role/([\\w+=,.@-]{1,64})/.+");
    private static final Pattern ROLE_ID = Pattern.compile("(AROA[A-Z0-9]{8,124}):[^:]+");

    Verdict judge(String answer) {
        JsonNode root;
        try {
            root = JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            return refused("AWS did not answer as GetCallerIdentity does");
        }
        JsonNode response = root.path("GetCallerIdentityResponse");
        JsonNode result = response.path("GetCallerIdentityResult");
        if (root.size() != 1 || !result.isObject() || !isText(result, "UserId", "Account", "Arn")) {
            return refused("AWS did not answer as GetCallerIdentity does");
        }
        return judge(
                result.path("UserId").asText(),
                result.path("Account").asText(),
                result.path("Arn").asText());
    }

    private Verdict judge(String id, String account, String arn) {
        Matcher user = USER.matcher(arn);
        if (user.matches() && user.group(1).equals(account) && id.matches("AIDA[A-Z0-9]{8,124}")) {
            return new Verdict.Proven(
                    new CloudAccount(CloudAccount.AWS, id, Map.of("account", account, "arn", arn), null));
        }
        if (arn.startsWith("arn:aws-")) {
            return refused(arn + " is of another partition, which can not be granted access from the partition aws");
        }
        if (arn.endsWith(":root")) {
            return refused("that is the root of account " + account
                    + "; granting it would mean the whole account. Sign as an IAM user of it");
        }
        if (arn.contains(":federated-user/")) {
            return refused("that is a federated user, whose name its caller chooses. Sign as an IAM user");
        }
        Matcher role = ROLE.matcher(arn);
        Matcher roleId = ROLE_ID.matcher(id);
        if (role.matches() && roleId.matches() && role.group(1).equals(account)) {
            return role(roleId.group(1), account, role.group(2));
        }
        return refused("that is no IAM user");
    }

    private Verdict role(String id, String account, String name) {
        if (name.startsWith("AWSReservedSSO_")) {
            return refused(
                    "that is a session of IAM Identity Center: everybody with the same permission set has the same"
                            + " role id. Sign as an IAM user");
        }
        return roles
                ? new Verdict.Proven(
                        new CloudAccount(CloudAccount.AWS, id, Map.of("account", account, "role", name), null))
                : refused("that is a session of the role " + name
                        + ": whoever may assume it would have access, so roles are refused here"
                        + " (aws.identityProof.roles). Sign as an IAM user");
    }

    private static boolean isText(JsonNode node, String... fields) {
        for (String field : fields) {
            if (!node.path(field).isTextual()) {
                return false;
            }
        }
        return true;
    }

    private static Verdict refused(String reason) {
        return new Verdict.Refused(reason);
    }
}
