package org.physionet.provisioner.adapters.aws.calls;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.AwsSettings;
import org.physionet.provisioner.engine.adapter.CallListener;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.AthenaClientBuilder;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.IamClientBuilder;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.S3ControlClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/**
 * The SDK's clients for one configuration: one attempt per call, because the engine is the only one that retries
 * (facts/stack.md 6), every call watched, emulators by one address (facts/aws.md B2).
 *
 * <p>Over Apache's client and not the JDK's, because the JDK's connection repeats a GET or DELETE whose answer was cut off,
 * unasked.
 */
public final class AwsClients implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final SdkHttpClient http;
    private final S3Client s3;
    private final S3ControlClient s3Control;
    private final StsClient sts;
    private final Supplier<IamClient> iamBuilder;
    private @Nullable IamClient iam;
    private final Supplier<KmsClientBuilder> kmsBuilder;
    private final Map<Region, KmsClient> kms = new HashMap<>();
    private final AthenaClientBuilder athenaBuilder;
    private @Nullable AthenaClient athena;

    public AwsClients(AwsSettings settings, CallListener listener, List<ExecutionInterceptor> more) {
        http = ApacheHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(AwsSettings.CALL_DEADLINE)
                .build();
        ClientOverrideConfiguration.Builder overrides = ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .apiCallTimeout(AwsSettings.CALL_DEADLINE)
                .addExecutionInterceptor(new ErrorBody())
                .addExecutionInterceptor(new CallWatch(listener));
        more.forEach(overrides::addExecutionInterceptor);
        ClientOverrideConfiguration configuration = overrides.build();
        AwsCredentialsProvider credentials = credentials(settings.keys());
        Region region = Region.of(settings.region());
        URI endpoint = settings.endpoint();
        S3ClientBuilder s3Builder = S3Client.builder()
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(configuration);
        S3ControlClientBuilder controlBuilder = S3ControlClient.builder()
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(configuration);
        StsClientBuilder stsBuilder = StsClient.builder()
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(configuration);
        if (endpoint != null) {
            s3Builder.endpointOverride(endpoint).forcePathStyle(true);
            // the client's own rules put the account before the host, which no emulator has (facts/aws.md B2)
            Endpoint everything = Endpoint.builder().url(endpoint).build();
            controlBuilder.endpointProvider(parameters -> CompletableFuture.completedFuture(everything));
            stsBuilder.endpointOverride(endpoint);
        }
        athenaBuilder = AthenaClient.builder()
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(configuration);
        if (endpoint != null) {
            athenaBuilder.endpointOverride(endpoint);
        }
        s3 = s3Builder.build();
        s3Control = controlBuilder.build();
        sts = stsBuilder.build();
        iamBuilder = () -> {
            IamClientBuilder builder = IamClient.builder()
                    .region(Region.AWS_GLOBAL)
                    .credentialsProvider(credentials)
                    .httpClient(http)
                    .overrideConfiguration(configuration);
            return (endpoint == null ? builder : builder.endpointOverride(endpoint)).build();
        };
        kmsBuilder = () -> {
            KmsClientBuilder builder = KmsClient.builder()
                    .credentialsProvider(credentials)
                    .httpClient(http)
                    .overrideConfiguration(configuration);
            return endpoint == null ? builder : builder.endpointOverride(endpoint);
        };
    }

    public S3Client s3() {
        return s3;
    }

    public S3ControlClient s3Control() {
        return s3Control;
    }

    public StsClient sts() {
        return sts;
    }

    /** Built when it is first asked for: only a check of rights needs it. */
    public synchronized IamClient iam() {
        if (iam == null) {
            iam = iamBuilder.get();
        }
        return iam;
    }

    /** Made when it is first asked for: few sites have a key there. */
    public synchronized KmsClient kms(String region) {
        return kms.computeIfAbsent(
                Region.of(region), at -> kmsBuilder.get().region(at).build());
    }

    /** Made at its first use: few need it. */
    public synchronized AthenaClient athena() {
        if (athena == null) {
            athena = athenaBuilder.build();
        }
        return athena;
    }

    @Override
    public synchronized void close() {
        if (iam != null) {
            iam.close();
        }
        kms.values().forEach(KmsClient::close);
        if (athena != null) {
            athena.close();
        }
        s3.close();
        s3Control.close();
        sts.close();
        http.close();
    }

    private static AwsCredentialsProvider credentials(AwsSettings.@Nullable Keys keys) {
        return keys == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(keys.accessKey(), keys.secretKey()));
    }
}
