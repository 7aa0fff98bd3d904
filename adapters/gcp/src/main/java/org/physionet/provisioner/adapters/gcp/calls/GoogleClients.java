package org.physionet.provisioner.adapters.gcp.calls;

import com.google.api.client.googleapis.services.json.AbstractGoogleJsonClient;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.cloudidentity.v1.CloudIdentity;
import com.google.api.services.directory.Directory;
import com.google.api.services.groupssettings.Groupssettings;
import com.google.auth.Credentials;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.CallListener;

/**
 * Google's clients, each made on first use, all over one counted transport, none of them retrying (facts/gcp.md 6).
 *
 * <p>Safe for concurrent use.
 */
public final class GoogleClients implements AutoCloseable {
    private static final String APPLICATION = "physionet-provisioner";
    private static final JsonFactory JSON = GsonFactory.getDefaultInstance();
    private static final int CONNECT_MILLIS = 10_000;

    /** Long enough for a policy of 1,500 members on a bad day; afterwards the outcome is unknown and is read back. */
    private static final int READ_MILLIS = 60_000;

    private static final List<String> SCOPES = List.of(
            "https://www.googleapis.com/auth/cloud-platform",
            "https://www.googleapis.com/auth/admin.directory.group",
            "https://www.googleapis.com/auth/admin.directory.group.member",
            "https://www.googleapis.com/auth/apps.groups.settings",
            "https://www.googleapis.com/auth/cloud-identity.groups");

    private final Access access;
    private final CallListener calls;
    private final Rates rates;
    private @Nullable CountedClient client;
    private @Nullable Credentials credentials;
    private @Nullable Storage storage;
    private @Nullable Bigquery bigquery;
    private @Nullable Directory directory;
    private @Nullable Groupssettings groupsSettings;
    private @Nullable CloudIdentity cloudIdentity;
    private @Nullable NodePolicies nodePolicies;

    public GoogleClients(Access access, CallListener calls, Rates rates) {
        this.access = access;
        this.calls = calls;
        this.rates = rates;
    }

    private synchronized HttpTransport transport() {
        if (client == null) {
            client = new CountedClient(
                    ApacheHttpTransport.newDefaultHttpClientBuilder().build(), calls, rates);
        }
        return new ApacheHttpTransport(client);
    }

    public @Nullable String billingProject() {
        return access.billingProject();
    }

    /** @throws IOException if there are no usable credentials */
    public synchronized Storage storage() throws IOException {
        if (storage == null) {
            HttpStorageOptions.Builder options = StorageOptions.http()
                    .setProjectId(access.project())
                    .setCredentials(credentials())
                    .setRetrySettings(ServiceOptions.getNoRetrySettings())
                    .setTransportOptions(HttpTransportOptions.newBuilder()
                            .setHttpTransportFactory(this::transport)
                            .setConnectTimeout(CONNECT_MILLIS)
                            .setReadTimeout(READ_MILLIS)
                            .build());
            URI endpoint = access.endpoint();
            if (endpoint != null) {
                options.setHost(endpoint.toString());
            }
            storage = options.build().getService();
        }
        return storage;
    }

    /** @throws IOException if there are no usable credentials */
    public synchronized Bigquery bigquery() throws IOException {
        if (bigquery == null) {
            bigquery =
                    made(new Bigquery.Builder(transport(), JSON, initializer())).build();
        }
        return bigquery;
    }

    /** @throws IOException if there are no usable credentials */
    public synchronized Directory directory() throws IOException {
        if (directory == null) {
            directory = made(new Directory.Builder(transport(), JSON, initializer()))
                    .build();
        }
        return directory;
    }

    /** @throws IOException if there are no usable credentials */
    public synchronized Groupssettings groupsSettings() throws IOException {
        if (groupsSettings == null) {
            groupsSettings = made(new Groupssettings.Builder(transport(), JSON, initializer()))
                    .build();
        }
        return groupsSettings;
    }

    /** @throws IOException if there are no usable credentials */
    public synchronized CloudIdentity cloudIdentity() throws IOException {
        if (cloudIdentity == null) {
            cloudIdentity = made(new CloudIdentity.Builder(transport(), JSON, initializer()))
                    .build();
        }
        return cloudIdentity;
    }

    /** @throws IOException if there are no usable credentials */
    public synchronized NodePolicies nodePolicies() throws IOException {
        if (nodePolicies == null) {
            nodePolicies = new NodePolicies(transport(), credentials(), access.endpoint());
        }
        return nodePolicies;
    }

    /** @throws IOException if there are no usable credentials */
    public synchronized PlainCalls plain() throws IOException {
        return new PlainCalls(transport().createRequestFactory(initializer()), access.endpoint());
    }

    /** Who we are to Google, as policies name it; empty: the machine does not say. */
    public synchronized Optional<String> self() throws IOException {
        return credentials() instanceof ServiceAccountCredentials account
                ? Optional.of("serviceAccount:" + account.getClientEmail())
                : Optional.empty();
    }

    private <B extends AbstractGoogleJsonClient.Builder> B made(B builder) {
        builder.setApplicationName(APPLICATION);
        URI endpoint = access.endpoint();
        if (endpoint != null) {
            builder.setRootUrl(endpoint + "/");
        }
        return builder;
    }

    private HttpRequestInitializer initializer() throws IOException {
        Credentials who = credentials();
        HttpRequestInitializer signed = who instanceof NoCredentials ? request -> {} : new HttpCredentialsAdapter(who);
        return request -> {
            signed.initialize(request);
            limit(request);
        };
    }

    private static void limit(HttpRequest request) {
        request.setConnectTimeout(CONNECT_MILLIS);
        request.setReadTimeout(READ_MILLIS);
        request.setNumberOfRetries(0);
    }

    private Credentials credentials() throws IOException {
        if (credentials == null) {
            credentials = switch (access.credentials()) {
                case Access.Credentials.None() -> NoCredentials.getInstance();
                case Access.Credentials.ApplicationDefault() -> applicationDefault();
                case Access.Credentials.KeyFile(Path file) -> key(file);
                case Access.Credentials.SignedIn(Path file) -> signedIn(file);
                case Access.Credentials.Token(String text) ->
                    GoogleCredentials.create(
                            AccessToken.newBuilder().setTokenValue(text).build());
            };
        }
        return credentials;
    }

    private static Credentials applicationDefault() throws IOException {
        try {
            return GoogleCredentials.getApplicationDefault().createScoped(SCOPES);
        } catch (IOException e) {
            throw new NoCredentialsException(
                    "gcp.credentials: found no application default credentials; run gcloud auth application-default login,"
                            + " or name a key file",
                    e);
        }
    }

    private static Credentials signedIn(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return GoogleCredentials.fromStream(in).createScoped("https://www.googleapis.com/auth/cloud-platform");
        } catch (IOException | RuntimeException e) {
            throw new NoCredentialsException(
                    "gcp.canary: expected credentials in " + file + ", could not read them ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    private static Credentials key(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return ServiceAccountCredentials.fromStream(in).createScoped(SCOPES);
        } catch (IOException | RuntimeException e) {
            throw new NoCredentialsException(
                    "gcp.credentials: expected a service account's key in " + file + ", could not read one ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    @Override
    public synchronized void close() {
        if (nodePolicies != null) {
            nodePolicies.close();
        }
        try {
            if (client != null) {
                client.close();
            }
        } catch (IOException _) {
            // Nothing is left to be done with the connections.
        }
    }

    /** No usable credentials; the message is for people and shows no secret. */
    public static final class NoCredentialsException extends IOException {
        NoCredentialsException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
