package org.physionet.provisioner.app.bench;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.Resource;

/**
 * The same work three ways on the same simulator: 300 people get in, then ten of them make room for ten others. By this engine's adapter, by a
 * script that reads, changes and puts the policy for each person, and by Terraform with Amazon's provider where both are here.
 */
public final class BesideTerraform implements Benchmark {
    private static final int PEOPLE = 300;
    private static final int CHANGED = 10;
    private static final List<Integer> FIRST =
            IntStream.range(0, PEOPLE).boxed().toList();
    private static final List<Integer> THEN =
            IntStream.range(CHANGED, PEOPLE + CHANGED).boxed().toList();

    @Override
    public String name() {
        return "aws-beside";
    }

    @Override
    public String about() {
        return "%d people in, then %d out and %d in: adapter, per-member script, Terraform (with TF_PLUGIN_MIRROR)"
                .formatted(PEOPLE, CHANGED, CHANGED);
    }

    @Override
    public String command() {
        return "TF_PLUGIN_MIRROR=/opt/tf-plugins scripts/bench aws-beside";
    }

    /** What one way took. */
    private record Cost(double calls, double millis) {}

    @Override
    public List<Figure> measure() throws Exception {
        Cost ours = ours();
        List<Figure> figures = new ArrayList<>(
                List.of(Figure.of("adapter", ours.calls(), "calls"), Figure.of("adapter", ours.millis(), "ms")));
        compare(figures, "script", script(), ours);
        Optional<Cost> terraform = terraform();
        if (terraform.isPresent()) {
            compare(figures, "Terraform", terraform.get(), ours);
        }
        return figures;
    }

    private static void compare(List<Figure> figures, String who, Cost cost, Cost ours) {
        figures.add(Figure.of(who, cost.calls(), "calls"));
        figures.add(Figure.of(who, cost.millis(), "ms"));
        figures.add(Figure.of(who + ": calls, ratio", cost.calls() / ours.calls(), "times"));
        figures.add(Figure.of(who + ": wall time, ratio", cost.millis() / ours.millis(), "times"));
    }

    private static Cost ours() throws Exception {
        try (AmazonSite site = new AmazonSite()) {
            Resource resource = AmazonSite.resource("beside");
            // one write that is not measured, as Terraform's and the script's programs are not charged for their
            // classes
            warm(site);
            site.forgetCalls();
            long began = System.nanoTime();
            Observation nothing = site.observe(resource, Places.UNKNOWN);
            Places places = site.make(resource, nothing, AmazonSite.target(FIRST), Places.UNKNOWN);
            Observation seen = site.observe(resource, places);
            site.make(resource, seen, AmazonSite.target(THEN), places);
            return new Cost(site.calls(), (System.nanoTime() - began) / 1e6);
        }
    }

    private static void warm(AmazonSite site) {
        Resource other = AmazonSite.resource("warm");
        site.make(other, site.observe(other, Places.UNKNOWN), AmazonSite.target(FIRST), Places.UNKNOWN);
    }

    private static Cost script() throws Exception {
        try (AmazonSite site = new AmazonSite();
                MemberScript script = new MemberScript(site.address())) {
            site.forgetCalls();
            long began = System.nanoTime();
            script.createAccessPoint();
            FIRST.forEach(script::add);
            TreeSet<Integer> gone = new TreeSet<>(FIRST);
            gone.removeAll(THEN);
            gone.forEach(script::remove);
            THEN.stream().filter(n -> !FIRST.contains(n)).forEach(script::add);
            return new Cost(site.calls(), (System.nanoTime() - began) / 1e6);
        }
    }

    /** Empty: terraform or its provider is not here. */
    private static Optional<Cost> terraform() throws Exception {
        String mirror = System.getenv("TF_PLUGIN_MIRROR");
        if (mirror == null || !isOnPath("terraform")) {
            return Optional.empty();
        }
        try (AmazonSite site = new AmazonSite()) {
            Path folder = Files.createTempDirectory("bench-terraform");
            site(folder, site.address(), mirror, FIRST);
            terraform(folder, site.address(), "init");
            site.forgetCalls();
            long began = System.nanoTime();
            terraform(folder, site.address(), "apply", "-auto-approve");
            site(folder, site.address(), mirror, THEN);
            terraform(folder, site.address(), "apply", "-auto-approve");
            return Optional.of(new Cost(site.calls(), (System.nanoTime() - began) / 1e6));
        }
    }

    private static boolean isOnPath(String program) {
        for (String place : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(place, program))) {
                return true;
            }
        }
        return false;
    }

    private static void site(Path folder, URI address, String mirror, List<Integer> people) throws Exception {
        Files.writeString(folder.resolve("cli.tfrc"), """
                provider_installation {
                  filesystem_mirror {
                    path    = "%s"
                    include = ["hashicorp/*"]
                  }
                }
                """.formatted(mirror));
        Files.writeString(folder.resolve("main.tf"), """
                terraform {
                  required_providers {
                    aws = {
                      source = "hashicorp/aws"
                    }
                  }
                }
                provider "aws" {
                  region                      = "us-east-1"
                  access_key                  = "test"
                  secret_key                  = "test"
                  skip_credentials_validation = true
                  skip_metadata_api_check     = true
                  skip_region_validation      = true
                  s3_use_path_style           = true
                  endpoints {
                    s3        = "BASE"
                    iam       = "BASE"
                    sts       = "BASE"
                    s3control = "http://s3-control.us-east-1.amazonaws.com"
                  }
                }
                resource "aws_s3_access_point" "members" {
                  bucket = "BUCKET"
                  name   = "NAME"
                  policy = jsonencode(jsondecode(<<-JSON
                    POLICY
                  JSON
                  ))
                }
                """.replace("BASE", address.toString())
                .replace("BUCKET", AmazonSite.BUCKET)
                .replace("NAME", MemberScript.NAME)
                .replace(
                        "POLICY",
                        MemberScript.policy(people.stream().map(AmazonSite::id).toList())));
    }

    private static void terraform(Path folder, URI address, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("terraform", arguments[0], "-no-color", "-input=false"));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("AWS_")
                        || name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
        builder.environment()
                .put("TF_CLI_CONFIG_FILE", folder.resolve("cli.tfrc").toString());
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment().put("HTTP_PROXY", address.toString());
        builder.environment().put("NO_PROXY", "127.0.0.1,localhost");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("terraform " + arguments[0] + ": " + output);
        }
    }
}
