package org.physionet.provisioner.adapters.aws.accessgrants;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.bucket.BucketChecks;
import org.physionet.provisioner.adapters.aws.calls.AwsErrors;
import org.physionet.provisioner.adapters.aws.calls.Call;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.ResourceId;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3control.model.GranteeType;
import software.amazon.awssdk.services.s3control.model.ListAccessGrantEntry;
import software.amazon.awssdk.services.s3control.model.ListAccessGrantsLocationsEntry;
import software.amazon.awssdk.services.s3control.model.ListAccessGrantsLocationsResponse;
import software.amazon.awssdk.services.s3control.model.ListAccessGrantsResponse;
import software.amazon.awssdk.services.s3control.model.Permission;

/**
 * Reads one resource's grants: the registered locations, the grants of exactly its scope, and, where the record knows nothing, the tags
 * of the oldest of them, for our mark.
 */
final class GrantsReader {
    private static final int PAGE = 1000;
    private static final int MARKS_LOOKED_FOR = 3;
    private static final String GRANTS_BUCKET_READ = "s3.GetBucketPolicy";

    private final LazyClients clients;
    private final String account;
    private final GrantScope scope;
    private final String document;
    private final SortedMap<String, Integer> calls = new TreeMap<>();

    GrantsReader(LazyClients clients, GrantScope scope) {
        this.clients = clients;
        this.account = clients.settings().account().value();
        this.scope = scope;
        this.document = AccessGrantsAdapter.document(scope);
    }

    Observed observe(ResourceId resource, Places places) {
        try {
            return new Observed.Seen(read(resource, places));
        } catch (SdkException e) {
            return new Observed.NotSeen(clients.errors().translate(e, Call.read(document)));
        }
    }

    private Observation read(ResourceId resource, Places places) {
        Optional<List<ListAccessGrantsLocationsEntry>> locations = locations();
        List<ListAccessGrantEntry> entries = locations.isPresent() ? entries() : List.of();
        if (entries.isEmpty()) {
            // a list without grants says nothing of the bucket: it may be gone, or be somebody else's by now
            count(GRANTS_BUCKET_READ);
            new BucketChecks(clients, scope.location(), S3ResourceKind.ACCESS_GRANTS).policy();
        }
        SortedMap<String, java.util.SortedSet<String>> readers = new TreeMap<>();
        List<ForeignEntry> foreign = new ArrayList<>();
        for (ListAccessGrantEntry entry : entries) {
            if (isOfOurKind(entry)) {
                readers.computeIfAbsent(entry.grantee().granteeIdentifier(), arn -> new TreeSet<>())
                        .add(entry.accessGrantId());
            } else {
                foreign.add(foreign(entry));
            }
        }
        Grants grants = new Grants(locations.isPresent(), closest(locations.orElse(List.of())), readers);
        boolean known = places.documents().contains(document);
        return new Observation(
                resource,
                clients.clock().instant(),
                grants.owned(document),
                foreign,
                known || isMarked(entries),
                new TreeSet<>(List.of(document)),
                calls,
                grants);
    }

    /** Empty: the account has no instance here. */
    private Optional<List<ListAccessGrantsLocationsEntry>> locations() {
        List<ListAccessGrantsLocationsEntry> all = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            count(GrantMethods.LIST_LOCATIONS);
            ListAccessGrantsLocationsResponse page;
            try {
                page = clients.get()
                        .s3Control()
                        .listAccessGrantsLocations(
                                r -> r.accountId(account).maxResults(PAGE).nextToken(next));
            } catch (SdkException e) {
                if (AwsErrors.code(e).equals("AccessGrantsInstanceNotExistsError")) {
                    return Optional.empty();
                }
                throw e;
            }
            all.addAll(page.accessGrantsLocationsList());
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        return Optional.of(all);
    }

    private List<ListAccessGrantEntry> entries() {
        List<ListAccessGrantEntry> all = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            count(GrantMethods.LIST);
            ListAccessGrantsResponse page = clients.get()
                    .s3Control()
                    .listAccessGrants(r -> r.accountId(account)
                            .grantScope(scope.text())
                            .maxResults(PAGE)
                            .nextToken(next));
            all.addAll(page.accessGrantsList());
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        return all;
    }

    private Grants.@Nullable Location closest(List<ListAccessGrantsLocationsEntry> locations) {
        return locations.stream()
                .filter(location -> scope.isIn(location.locationScope()))
                .max(Comparator.comparingInt((ListAccessGrantsLocationsEntry l) ->
                                l.locationScope().length())
                        .thenComparing(ListAccessGrantsLocationsEntry::accessGrantsLocationId))
                .map(l -> new Grants.Location(l.accessGrantsLocationId(), l.locationScope()))
                .orElse(null);
    }

    /** To read, for an IAM identity, by whatever program: the engine's kind. */
    private static boolean isOfOurKind(ListAccessGrantEntry entry) {
        String application = entry.applicationArn();
        return entry.permission() == Permission.READ
                && entry.grantee().granteeType() == GranteeType.IAM
                && (application == null || application.isEmpty() || application.equals("ALL"));
    }

    private static ForeignEntry foreign(ListAccessGrantEntry entry) {
        return new ForeignEntry(
                "access grant " + entry.accessGrantId() + ": " + entry.permissionAsString() + " for "
                        + entry.grantee().granteeTypeAsString() + " "
                        + entry.grantee().granteeIdentifier(),
                entry.permission() != Permission.WRITE,
                false,
                entry.grantee().granteeType() == GranteeType.IAM
                        ? AwsIdentityKind.of(entry.grantee().granteeIdentifier())
                        : null);
    }

    private boolean isMarked(List<ListAccessGrantEntry> entries) {
        return entries.stream()
                .filter(GrantsReader::isOfOurKind)
                .sorted(Comparator.comparing(ListAccessGrantEntry::createdAt)
                        .thenComparing(ListAccessGrantEntry::accessGrantId))
                .limit(MARKS_LOOKED_FOR)
                .anyMatch(entry -> {
                    count(GrantMethods.LIST_TAGS);
                    return clients
                            .get()
                            .s3Control()
                            .listTagsForResource(r -> r.accountId(account).resourceArn(entry.accessGrantArn()))
                            .tags()
                            .stream()
                            .anyMatch(tag -> Map.entry(tag.key(), tag.value())
                                    .equals(AccessGrantsAdapter.mark(scope.location())));
                });
    }

    private void count(String method) {
        calls.merge(method, 1, Integer::sum);
    }
}
