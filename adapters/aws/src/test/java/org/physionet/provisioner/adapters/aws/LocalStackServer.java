package org.physionet.provisioner.adapters.aws;

import java.net.URI;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * LocalStack in a container, as a second witness of the wire format (facts/aws.md B4); tests skip without Docker. The last line of images that
 * needs no account of its maker (facts/stack.md 8).
 */
final class LocalStackServer implements AutoCloseable {
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    private final LocalStackContainer container;

    private LocalStackServer(LocalStackContainer container) {
        this.container = container;
    }

    @SuppressWarnings("resource") // closed by close()
    static LocalStackServer start() {
        Assumptions.assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "no Docker here: the contract does not run against LocalStack; start Docker to run it");
        LocalStackContainer container = new LocalStackContainer(IMAGE).withServices("s3", "s3control", "sts");
        try {
            container.start();
        } catch (ContainerFetchException unreachable) {
            Assumptions.abort(
                    "Docker is here, but the image " + IMAGE + " can not be had: " + unreachable.getMessage());
        }
        return new LocalStackServer(container);
    }

    URI address() {
        return container.getEndpoint();
    }

    @Override
    public void close() {
        container.stop();
    }
}
