package org.physionet.provisioner.simulator.aws.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What IAM's policy simulator answers to {@code s3:GetObject}, by hand from the documents named in each line.
 *
 * <p>SIM: IAM API reference, SimulatePrincipalPolicy and EvaluationResult. LOGIC: IAM user guide, "Policy evaluation logic" (deny, then
 * organization, boundary, identity policies). BOUNDARY: IAM user guide, "Permissions boundaries for IAM entities". SCP: Organizations user guide,
 * "Service control policies (SCPs)".
 */
class SimulatedDecisionTruthTableTest {
    private static final String ARN = "arn:aws:iam::111122223333:user/own";
    private static final Caller CALLER =
            new Caller.Known(Caller.Kind.USER, "111122223333", "AIDAOWN", "AIDAOWN", ARN, ARN, "own", null);

    private static @Nullable PolicyDocument policy(String name) {
        String text = switch (name) {
            case "-" -> "";
            case "all" -> allow("*");
            case "gets" -> allow("s3:Get*");
            case "puts" -> allow("s3:Put*");
            case "never-gets" -> allow("*") + ",{\"Effect\":\"Deny\",\"Action\":\"s3:Get*\",\"Resource\":\"*\"}";
            case "with-tag" ->
                "{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"*\","
                        + "\"Condition\":{\"StringEquals\":{\"aws:RequestedRegion\":\"us-east-1\"}}}";
            default -> throw new IllegalArgumentException(name);
        };
        return text.isEmpty()
                ? null
                : PolicyReader.read(
                        PolicyText.parse("{\"Version\":\"2012-10-17\",\"Statement\":[" + text + "]}", 20_480),
                        PolicyReader.Dialect.IDENTITY);
    }

    private static String allow(String action) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"*\"}";
    }

    private static List<PolicyDocument> list(String name) {
        return Stream.ofNullable(policy(name)).toList();
    }

    @ParameterizedTest(name = "[{index}] {0}; boundary {1}; organization {2}: {3}")
    @CsvSource(textBlock = """
            # identity,  boundary,   organization, decision,     by organization, by boundary, source
            gets,        -,          -,            allowed,      -,     -,     SIM: an Allow and nothing else
            -,           -,          -,            implicitDeny, -,     -,     LOGIC: what nobody allows is denied
            puts,        -,          -,            implicitDeny, -,     -,     LOGIC: another action's Allow
            never-gets,  -,          -,            explicitDeny, -,     -,     LOGIC: an explicit Deny wins over the Allow
            gets,        gets,       -,            allowed,      -,     true,  BOUNDARY: both allow
            gets,        puts,       -,            implicitDeny, -,     false, BOUNDARY: the intersection
            gets,        never-gets, -,            explicitDeny, -,     false, BOUNDARY: its explicit Deny
            -,           all,        -,            implicitDeny, -,     true,  BOUNDARY: it gives nothing itself
            gets,        -,          all,          allowed,      true,  -,     SCP: FullAWSAccess
            gets,        -,          puts,         implicitDeny, false, -,     SCP: an allow list without the action
            gets,        -,          never-gets,   explicitDeny, false, -,     SCP: a deny list with the action
            -,           -,          all,          implicitDeny, true,  -,     SCP: it gives nothing itself
            gets,        puts,       all,          implicitDeny, true,  false, SIM: each part is told by itself
            gets,        all,        puts,         implicitDeny, false, true,  SIM: each part is told by itself
            with-tag,    -,          -,            allowed,      -,     -,     SIM: ContextEntries answer the condition
            """)
    void theDecisionIs(
            String identity,
            String boundary,
            String organization,
            String decision,
            String byOrganization,
            String byBoundary,
            String source) {
        SimulatedDecision answer = SimulatedDecision.of(
                CALLER,
                new OwnSide(list(identity), policy(boundary), null, list(organization), false),
                "s3:GetObject",
                "arn:aws:s3:::b/k",
                RequestContext.empty().with("aws:RequestedRegion", "us-east-1"));
        assertThat(answer.verdict()).as(source).hasToString(decision);
        assertThat(text(answer.organization())).as(source).isEqualTo(byOrganization);
        assertThat(text(answer.boundary())).as(source).isEqualTo(byBoundary);
    }

    private static String text(@Nullable Boolean part) {
        return part == null ? "-" : part.toString();
    }
}
