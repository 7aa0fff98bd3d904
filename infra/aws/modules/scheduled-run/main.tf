data "aws_caller_identity" "this" {}

data "aws_region" "this" {}

locals {
  secrets = concat([var.config_secret_arn], values(var.secret_environment))
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/provisioner/${var.name}"
  retention_in_days = var.keep_log_days
  tags              = var.tags
}

resource "aws_ecs_cluster" "this" {
  name = var.name
  tags = var.tags
}

# Starts the container: pulls the image, hands over the secrets. The engine itself runs as its own role.
data "aws_iam_policy_document" "tasks_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }
  }
}

resource "aws_iam_role" "execution" {
  name               = "${var.name}-start"
  description        = "Starts the container of ${var.name}."
  assume_role_policy = data.aws_iam_policy_document.tasks_trust.json
  tags               = var.tags
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

data "aws_iam_policy_document" "secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = local.secrets
  }
}

resource "aws_iam_role_policy" "secrets" {
  name   = "secrets"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.secrets.json
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = var.provisioner_role_arn
  tags                     = var.tags

  container_definitions = jsonencode([{
    name                   = "provisioner"
    image                  = var.image
    essential              = true
    readonlyRootFilesystem = false
    # The configuration is a secret's text: Fargate has no volume for it, so it is written before the engine starts.
    entryPoint = ["/bin/sh", "-c"]
    command    = ["umask 077 && printf '%s' \"$PROVISIONER_CONFIG_TEXT\" > /tmp/provisioner.yaml && unset PROVISIONER_CONFIG_TEXT && exec provisioner ${join(" ", var.arguments)} --config /tmp/provisioner.yaml"]

    environment = [for key, value in var.environment : { name = key, value = value }]

    secrets = concat(
      [{ name = "PROVISIONER_CONFIG_TEXT", valueFrom = var.config_secret_arn }],
      [for key, arn in var.secret_environment : { name = key, valueFrom = arn }],
    )

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = data.aws_region.this.name
        awslogs-stream-prefix = "run"
      }
    }
  }])
}

# The timer may start this task and nothing else.
data "aws_iam_policy_document" "timer_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }
  }
}

resource "aws_iam_role" "timer" {
  name               = "${var.name}-timer"
  description        = "Starts ${var.name} on time."
  assume_role_policy = data.aws_iam_policy_document.timer_trust.json
  tags               = var.tags
}

data "aws_iam_policy_document" "timer" {
  statement {
    actions   = ["ecs:RunTask"]
    resources = ["${aws_ecs_task_definition.this.arn_without_revision}:*"]

    condition {
      test     = "ArnEquals"
      variable = "ecs:cluster"
      values   = [aws_ecs_cluster.this.arn]
    }
  }

  statement {
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.execution.arn, var.provisioner_role_arn]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "timer" {
  name   = "start"
  role   = aws_iam_role.timer.id
  policy = data.aws_iam_policy_document.timer.json
}

resource "aws_scheduler_schedule" "this" {
  name                = var.name
  description         = "Makes access in the clouds what it should be."
  schedule_expression = var.schedule

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_ecs_cluster.this.arn
    role_arn = aws_iam_role.timer.arn

    ecs_parameters {
      task_definition_arn = aws_ecs_task_definition.this.arn
      launch_type         = "FARGATE"
      # One at a time: the engine's leases would hold a second one back, and it would only cost money.
      task_count = 1

      network_configuration {
        subnets          = var.subnets
        security_groups  = var.security_groups
        assign_public_ip = var.assign_public_ip
      }
    }

    # The next run finds out what this one left; an immediate retry would only repeat the failure.
    retry_policy {
      maximum_retry_attempts = 0
    }
  }
}
