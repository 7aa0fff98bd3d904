package org.physionet.provisioner.adapters.aws.shadows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.accessgrants.AccessGrantsAdapter;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.engine.adapter.Shadow;
import org.physionet.provisioner.engine.model.Resource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3control.model.ListAccessGrantEntry;
import software.amazon.awssdk.services.s3control.model.ListAccessGrantsResponse;
import software.amazon.awssdk.services.s3control.model.Permission;

/** Grants of S3 Access Grants that reach a folder by another scope than the resource's, or in another layout by any. */
final class GrantShadows {
    private static final int PAGE = 1000;

    /** Tags that are asked for at one resource: each costs a call of the account's small budget (facts/aws.md A2.4). */
    private static final int MOST_ASKED = 500;

    private GrantShadows() {}

    static List<Shadow> of(LazyClients clients, Resource resource) {
        if (clients.settings().moto()) {
            // it has no access grants (facts/aws.md B1)
            return List.of();
        }
        String folder = resource.id().text();
        boolean observed = resource.layout().equals(S3ResourceKind.ACCESS_GRANTS);
        List<Shadow> all = new ArrayList<>();
        int asked = 0;
        for (ListAccessGrantEntry grant : grants(clients)) {
            String scope = grant.grantScope();
            boolean own = observed && scope.equals(folder + "*");
            if (!own && grant.permission() != Permission.WRITE && reaches(scope, folder)) {
                boolean left = !observed
                        && scope.equals(folder + "*")
                        && asked++ < MOST_ASKED
                        && isMarked(clients, resource, grant);
                all.add(new Shadow(
                        grant.grantee().granteeIdentifier(),
                        "access grant " + grant.accessGrantId() + ": " + grant.permissionAsString() + " on " + scope,
                        true,
                        left));
            }
        }
        return all;
    }

    /** A grant of this very folder that carries our tag is left of an earlier layout; whose tags may not be read is not said to be. */
    private static boolean isMarked(LazyClients clients, Resource resource, ListAccessGrantEntry grant) {
        try {
            return clients
                    .get()
                    .s3Control()
                    .listTagsForResource(r ->
                            r.accountId(clients.settings().account().value()).resourceArn(grant.accessGrantArn()))
                    .tags()
                    .stream()
                    .anyMatch(tag -> Map.entry(tag.key(), tag.value())
                            .equals(AccessGrantsAdapter.mark(S3Location.of(resource.id()))));
        } catch (SdkException _) {
            return false;
        }
    }

    private static boolean reaches(String scope, String folder) {
        String beginning = scope.endsWith("*") ? scope.substring(0, scope.length() - 1) : scope;
        return beginning.startsWith(folder) || (scope.endsWith("*") && folder.startsWith(beginning));
    }

    /** All of the account: a scope can only be asked for as it is written. */
    private static List<ListAccessGrantEntry> grants(LazyClients clients) {
        List<ListAccessGrantEntry> all = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            ListAccessGrantsResponse page;
            try {
                page = clients.get()
                        .s3Control()
                        .listAccessGrants(
                                r -> r.accountId(clients.settings().account().value())
                                        .maxResults(PAGE)
                                        .nextToken(next));
            } catch (SdkException e) {
                if (S3Shadows.isAbsence(e)) {
                    return List.of();
                }
                throw e;
            }
            all.addAll(page.accessGrantsList());
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        return all;
    }
}
