"""Every forecast ever made, what was learnt, how right it was; rows that are written all the time get room to."""

from django.db import migrations, models

import district.kernel.clock

TABLES = """
CREATE TABLE transit_prediction (
    run_id bigint NOT NULL,
    made_at timestamptz NOT NULL,
    seen_at timestamptz,
    first_stop int2 NOT NULL,
    source "char" NOT NULL,
    mark "char" NOT NULL,
    arrivals int2[] NOT NULL,
    earliest int2[] NOT NULL,
    latest int2[] NOT NULL
) PARTITION BY RANGE (made_at);
ALTER TABLE transit_run SET (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE transit_forecast SET (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
"""
UNDO = "DROP TABLE transit_prediction;"


class Migration(migrations.Migration):
    dependencies = [("transit", "0002_timetables")]

    operations = [
        migrations.RunSQL(TABLES, UNDO),
        migrations.CreateModel(
            name='Prediction',
            fields=[
                ('pk', models.CompositePrimaryKey(
                    'run_id', 'made_at', blank=True, editable=False, primary_key=True, serialize=False)),
                ('run_id', models.BigIntegerField()),
                ('made_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('first_stop', models.SmallIntegerField()),
            ],
            options={
                'db_table': 'transit_prediction',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='LearntDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='运营日')),
                ('runs', models.PositiveIntegerField(verbose_name='班次')),
                ('passages', models.PositiveIntegerField(verbose_name='到站')),
                ('positions', models.PositiveIntegerField(verbose_name='位置')),
                ('driven', models.BinaryField()),
                ('made_at', models.DateTimeField(default=district.kernel.clock.now)),
            ],
            options={
                'verbose_name': '已学习的运营日',
                'verbose_name_plural': '已学习的运营日',
                'ordering': ('-day',),
            },
        ),
        migrations.CreateModel(
            name='LearntModel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=district.kernel.clock.now, verbose_name='学习时间')),
                ('first_day', models.DateField(verbose_name='首日')),
                ('last_day', models.DateField(verbose_name='末日')),
                ('days', models.PositiveIntegerField(verbose_name='天数')),
                ('rows', models.PositiveIntegerField(verbose_name='样本')),
                ('has_model', models.BooleanField(default=False)),
                ('packed', models.BinaryField()),
                ('figures', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': '预报模型',
                'verbose_name_plural': '预报模型',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='运营日')),
                ('route_id', models.CharField(blank=True, max_length=120, verbose_name='线路')),
                ('line', models.CharField(blank=True, max_length=120, verbose_name='线路名称')),
                ('visits', models.PositiveIntegerField(verbose_name='到站次数')),
                ('forecast', models.PositiveIntegerField(verbose_name='有预报')),
                ('right', models.PositiveIntegerField(verbose_name='预报准确')),
                ('judged', models.PositiveIntegerField(verbose_name='判定预报')),
                ('covered', models.PositiveIntegerField(verbose_name='区间覆盖')),
                ('figures', models.JSONField(default=dict)),
                ('is_simulated', models.BooleanField(default=False, verbose_name='模拟')),
                ('made_at', models.DateTimeField(default=district.kernel.clock.now)),
            ],
            options={
                'verbose_name': '预报评分',
                'verbose_name_plural': '预报评分',
                'ordering': ('-day', 'route_id'),
            },
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.UniqueConstraint(fields=('day', 'route_id'), name='score_once'),
        ),
    ]
