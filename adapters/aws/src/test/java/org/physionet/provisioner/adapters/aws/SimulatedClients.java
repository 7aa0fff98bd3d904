package org.physionet.provisioner.adapters.aws;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.sts.StsClient;

/** AWS's own clients, pointed at one address, with whosever keys. */
record SimulatedClients(URI address, SdkHttpClient http) {
    static AwsCredentials person(int number) {
        return AwsBasicCredentials.create(SimulatedAccounts.key(number), SimulatedAccounts.secret(number));
    }

    S3Client s3(AwsCredentials keys) {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(keys))
                .endpointOverride(address)
                .forcePathStyle(true)
                .httpClient(http)
                .build();
    }

    /** Its requests have the account in the host's name otherwise. */
    S3ControlClient control(AwsCredentials keys) {
        Endpoint endpoint = Endpoint.builder().url(address).build();
        return S3ControlClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(keys))
                .httpClient(http)
                .endpointProvider(p -> CompletableFuture.completedFuture(endpoint))
                .build();
    }

    StsClient sts(AwsCredentials keys) {
        return StsClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(keys))
                .endpointOverride(address)
                .httpClient(http)
                .build();
    }
}
