package org.physionet.provisioner.adapters.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** Who is in the simulated world at first: our account, and one of researchers with keys and two roles. */
final class SimulatedAccounts {
    static final String OURS = "111122223333";
    static final String THEIRS = "999988887777";

    private static final int PEOPLE = 60;
    private static final JsonMapper JSON = new JsonMapper();

    /** The role of locations in S3 Access Grants: trusts the service, may read. */
    private static final String GRANTS_ROLE = """
            {"arn":"arn:aws:iam::111122223333:role/grants","id":"AROAGRANTSGRANTSGRANT","maxSessionSeconds":3600,
             "policies":{"Serve":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":[\\"s3:GetObject\\",\\"s3:ListBucket\\"],\\"Resource\\":\\"*\\"}]}"},
             "trust":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"access-grants.s3.amazonaws.com"},
               "Action":["sts:AssumeRole","sts:SetSourceIdentity"]}]}}""";

    /** A role of the researchers' account that may read what others let it. */
    private static final String TEAM_ROLE = """
            {"arn":"arn:aws:iam::999988887777:role/team/reading","id":"AROATEAMTEAMTEAMTEAMT",
             "policies":{"Read":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"s3:*\\",\\"Resource\\":\\"*\\"}]}"}}""";

    /** A role of the researchers' account that person 1 may assume. */
    private static final String LAB_ROLE = """
            {"arn":"arn:aws:iam::999988887777:role/lab","id":"AROALABLABLABLABLABLA",
             "trust":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
               "Principal":{"AWS":"arn:aws:iam::999988887777:user/person1"}}]}}""";

    private SimulatedAccounts() {}

    /**
     * The simulator's state.
     *
     * @param more what our account has beside; its {@code serviceControlPolicies} are those of an organization that it is in
     */
    static ObjectNode state(Consumer<ObjectNode> more) {
        ObjectNode state = JSON.createObjectNode();
        state.set("aws", accounts(more));
        return state;
    }

    private static ObjectNode accounts(Consumer<ObjectNode> more) {
        ObjectNode account = JSON.createObjectNode();
        ArrayNode users = account.putArray("users");
        for (int n = 0; n < PEOPLE; n++) {
            user(users, "person" + n)
                    .put("id", SimulatedAws.id(n))
                    .putArray("keys")
                    .addObject()
                    .put("id", key(n))
                    .put("secret", secret(n));
        }
        user(users, "curator");
        ObjectNode root = JSON.createObjectNode();
        ObjectNode accounts = root.putObject("accounts");
        accounts.set(THEIRS, account);
        ObjectNode ours = accounts.putObject(OURS);
        ours.putArray("roles").add(parse(GRANTS_ROLE));
        more.accept(ours);
        JsonNode over = ours.remove("serviceControlPolicies");
        if (over != null) {
            organization(root.putObject("organization"), over);
        }
        account.putArray("roles").add(parse(LAB_ROLE)).add(parse(TEAM_ROLE));
        return root;
    }

    private static void organization(ObjectNode organization, JsonNode over) {
        ArrayNode policies = organization
                .put("id", "o-example")
                .put("management", "999999999999")
                .putArray("policies");
        over.forEach(content -> policies.addObject()
                .put("id", "p-scp" + policies.size())
                .put("name", "policy-" + policies.size())
                .put("content", content.asText())
                .putArray("targets")
                .add(OURS));
    }

    private static ObjectNode user(ArrayNode users, String name) {
        ObjectNode user = users.addObject().put("arn", "arn:aws:iam::" + THEIRS + ":user/" + name);
        user.putObject("policies")
                .put(
                        "Read",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}");
        return user;
    }

    /** The access key of a person. */
    static String key(int number) {
        return "AKIA%016d".formatted(number);
    }

    static String secret(int number) {
        return "secret-of-" + number;
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
