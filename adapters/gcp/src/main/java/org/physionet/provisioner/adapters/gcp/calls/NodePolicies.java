package org.physionet.provisioner.adapters.gcp.calls;

import com.google.api.client.http.HttpTransport;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.httpjson.InstantiatingHttpJsonChannelProvider;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.auth.Credentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.resourcemanager.v3.FoldersClient;
import com.google.cloud.resourcemanager.v3.FoldersSettings;
import com.google.cloud.resourcemanager.v3.OrganizationsClient;
import com.google.cloud.resourcemanager.v3.OrganizationsSettings;
import com.google.cloud.resourcemanager.v3.ProjectsClient;
import com.google.cloud.resourcemanager.v3.ProjectsSettings;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.GetPolicyOptions;
import com.google.iam.v1.Policy;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The policies of projects, folders and organizations, read and never written (facts/gcp.md 1: never grant there). Nothing
 * is retried. What they are in is asked with {@link PlainCalls}: this library gives its GET requests a body, which the
 * counted transport refuses to send.
 */
public final class NodePolicies implements AutoCloseable {
    private static final int VERSION = 3;

    private final ProjectsClient projects;
    private final FoldersClient folders;
    private final OrganizationsClient organizations;

    NodePolicies(HttpTransport transport, Credentials credentials, @Nullable URI endpoint) throws IOException {
        this.projects =
                ProjectsClient.create(settings(ProjectsSettings.newHttpJsonBuilder(), transport, credentials, endpoint)
                        .applyToAllUnaryMethods(NodePolicies::never)
                        .build());
        this.folders =
                FoldersClient.create(settings(FoldersSettings.newHttpJsonBuilder(), transport, credentials, endpoint)
                        .applyToAllUnaryMethods(NodePolicies::never)
                        .build());
        this.organizations = OrganizationsClient.create(
                settings(OrganizationsSettings.newHttpJsonBuilder(), transport, credentials, endpoint)
                        .applyToAllUnaryMethods(NodePolicies::never)
                        .build());
    }

    private static <B extends ClientSettings.Builder<?, B>> B settings(
            B builder, HttpTransport transport, Credentials credentials, @Nullable URI endpoint) {
        InstantiatingHttpJsonChannelProvider.Builder channel =
                InstantiatingHttpJsonChannelProvider.newBuilder().setHttpTransport(transport);
        if (endpoint != null) {
            channel.setEndpoint(endpoint.toString());
        }
        return builder.setTransportChannelProvider(channel.build())
                .setCredentialsProvider(
                        credentials instanceof NoCredentials
                                ? NoCredentialsProvider.create()
                                : FixedCredentialsProvider.create(credentials));
    }

    private static Void never(UnaryCallSettings.Builder<?, ?> call) {
        call.setRetryableCodes(Set.of());
        return null;
    }

    /** @param node {@code projects/ID}, {@code folders/NUMBER} or {@code organizations/NUMBER} */
    public Policy of(String node) {
        GetIamPolicyRequest request = GetIamPolicyRequest.newBuilder()
                .setResource(node)
                .setOptions(GetPolicyOptions.newBuilder().setRequestedPolicyVersion(VERSION))
                .build();
        return switch (kind(node)) {
            case "projects" -> projects.getIamPolicy(request);
            case "folders" -> folders.getIamPolicy(request);
            default -> organizations.getIamPolicy(request);
        };
    }

    private static String kind(String node) {
        return node.substring(0, node.indexOf('/'));
    }

    @Override
    public void close() {
        projects.close();
        folders.close();
        organizations.close();
    }
}
