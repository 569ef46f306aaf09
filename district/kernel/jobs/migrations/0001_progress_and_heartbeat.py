
import district.kernel.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'verbose_name': '心跳',
                'verbose_name_plural': '心跳',
                'db_table': 'jobs_heartbeat',
            },
        ),
        migrations.CreateModel(
            name='WorkProgress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(max_length=200, verbose_name='任务')),
                ('arguments', models.JSONField(default=dict, verbose_name='参数')),
                ('state', models.CharField(choices=[('waiting', '等待'), ('running', '进行中'), ('done', '完成'), ('stopped', '已停止'), ('failed', '失败')], default='waiting', max_length=10, verbose_name='状态')),
                ('total', models.BigIntegerField(blank=True, null=True, verbose_name='总数')),
                ('done', models.BigIntegerField(default=0, verbose_name='已完成')),
                ('message', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('checkpoint', models.JSONField(blank=True, null=True, verbose_name='断点')),
                ('is_stop_asked', models.BooleanField(default=False, verbose_name='要求停止')),
                ('created_at', models.DateTimeField(default=district.kernel.clock.now, verbose_name='发起时间')),
                ('updated_at', models.DateTimeField(default=district.kernel.clock.now, verbose_name='更新时间')),
                ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发起人')),
            ],
            options={
                'verbose_name': '任务进度',
                'verbose_name_plural': '任务进度',
                'ordering': ('-created_at',),
                'indexes': [models.Index(fields=['-created_at'], name='jobs_progress_newest')],
            },
        ),
    ]
