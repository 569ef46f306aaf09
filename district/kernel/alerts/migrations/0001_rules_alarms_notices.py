import district.kernel.clock
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_accounts_organisations_duties'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SmsMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, verbose_name='手机号')),
                ('text', models.CharField(max_length=500, verbose_name='内容')),
                ('at', models.DateTimeField(default=district.kernel.clock.now, verbose_name='时间')),
            ],
            options={
                'verbose_name': '短信（测试）',
                'verbose_name_plural': '短信（测试）',
                'ordering': ('-at',),
            },
        ),
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=160)),
                ('system', models.CharField(max_length=40, verbose_name='所属系统')),
                ('kind', models.CharField(max_length=40, verbose_name='类型')),
                ('severity', models.PositiveSmallIntegerField(choices=[(1, '提示'), (2, '一般'), (3, '较重'), (4, '严重')], verbose_name='级别')),
                ('state', models.CharField(choices=[('raised', '未确认'), ('acknowledged', '已确认'), ('handled', '已处置'), ('cleared', '已解除')], default='raised', max_length=12, verbose_name='状态')),
                ('subject', models.CharField(max_length=200, verbose_name='对象')),
                ('message', models.CharField(max_length=500, verbose_name='告警内容')),
                ('device_id', models.BigIntegerField(blank=True, null=True, verbose_name='设备')),
                ('series_id', models.IntegerField(blank=True, null=True, verbose_name='监测序列')),
                ('item', models.CharField(blank=True, max_length=32, verbose_name='监测项目')),
                ('division_code', models.CharField(blank=True, max_length=12, verbose_name='行政区划')),
                ('value', models.FloatField(blank=True, null=True, verbose_name='数值')),
                ('limit_value', models.FloatField(blank=True, null=True, verbose_name='限值')),
                ('peak', models.FloatField(blank=True, null=True, verbose_name='极值')),
                ('unit', models.CharField(blank=True, max_length=16, verbose_name='单位')),
                ('count', models.PositiveIntegerField(default=1, verbose_name='次数')),
                ('roles', models.JSONField(blank=True, default=list)),
                ('channels', models.JSONField(blank=True, default=list)),
                ('since_at', models.DateTimeField(verbose_name='起始时间')),
                ('raised_at', models.DateTimeField(default=district.kernel.clock.now, verbose_name='告警时间')),
                ('updated_at', models.DateTimeField(default=district.kernel.clock.now, verbose_name='最近时间')),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True, verbose_name='确认时间')),
                ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='处置时间')),
                ('cleared_at', models.DateTimeField(blank=True, null=True, verbose_name='解除时间')),
                ('is_announced', models.BooleanField(default=False)),
                ('is_clear_announced', models.BooleanField(default=False)),
                ('acknowledged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人')),
                ('cleared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='解除人')),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='处置人')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.organisation', verbose_name='责任单位')),
            ],
            options={
                'verbose_name': '告警',
                'verbose_name_plural': '告警',
                'ordering': ('-raised_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='AlarmStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('raised', '未确认'), ('acknowledged', '已确认'), ('handled', '已处置'), ('cleared', '已解除')], max_length=12, verbose_name='步骤')),
                ('at', models.DateTimeField(default=district.kernel.clock.now, verbose_name='时间')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('alarm', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='alerts.alarm')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='操作人')),
            ],
            options={
                'verbose_name': '告警经过',
                'verbose_name_plural': '告警经过',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('severity', models.PositiveSmallIntegerField(choices=[(1, '提示'), (2, '一般'), (3, '较重'), (4, '严重')], verbose_name='级别')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('body', models.CharField(blank=True, max_length=1000, verbose_name='内容')),
                ('url', models.CharField(blank=True, max_length=300, verbose_name='链接')),
                ('made_at', models.DateTimeField(default=district.kernel.clock.now, verbose_name='时间')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='阅读时间')),
                ('alarm', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='alerts.alarm', verbose_name='告警')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='收件人')),
            ],
            options={
                'verbose_name': '通知',
                'verbose_name_plural': '通知',
                'ordering': ('-made_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='NoticeDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=20, verbose_name='渠道')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='发送时间')),
                ('error', models.CharField(blank=True, max_length=300, verbose_name='失败原因')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='alerts.notice')),
            ],
            options={
                'verbose_name': '通知发送',
                'verbose_name_plural': '通知发送',
            },
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('system', models.CharField(db_index=True, max_length=40, verbose_name='所属系统')),
                ('key', models.CharField(max_length=80, verbose_name='规则编码')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('kind', models.CharField(choices=[('limit', '超限'), ('rate', '突变'), ('constant', '恒值'), ('zero', '零值'), ('missing', '缺失'), ('offline', '离线'), ('expression', '逻辑异常')], max_length=12, verbose_name='类型')),
                ('severity', models.PositiveSmallIntegerField(choices=[(1, '提示'), (2, '一般'), (3, '较重'), (4, '严重')], default=2, verbose_name='级别')),
                ('parameters', models.JSONField(default=dict, verbose_name='参数')),
                ('device_kind', models.CharField(blank=True, max_length=40, verbose_name='设备类型')),
                ('device_id', models.BigIntegerField(blank=True, null=True, verbose_name='设备')),
                ('division_code', models.CharField(blank=True, max_length=12, verbose_name='行政区划')),
                ('item', models.CharField(blank=True, max_length=32, verbose_name='监测项目')),
                ('item_name', models.CharField(blank=True, max_length=40, verbose_name='项目名称')),
                ('statistic', models.CharField(blank=True, max_length=16, verbose_name='统计量')),
                ('period', models.CharField(blank=True, max_length=16, verbose_name='周期')),
                ('inputs', models.JSONField(blank=True, default=dict, verbose_name='表达式输入')),
                ('roles', models.JSONField(blank=True, default=list, verbose_name='通知角色')),
                ('channels', models.JSONField(blank=True, default=list, verbose_name='通知渠道')),
                ('is_enabled', models.BooleanField(default=True, verbose_name='启用')),
                ('changed_at', models.DateTimeField(default=district.kernel.clock.now, verbose_name='修改时间')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人')),
            ],
            options={
                'verbose_name': '告警规则',
                'verbose_name_plural': '告警规则',
                'ordering': ('system', 'key'),
            },
        ),
        migrations.AddField(
            model_name='alarm',
            name='rule',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='alarms', to='alerts.rule', verbose_name='规则'),
        ),
        migrations.CreateModel(
            name='RuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('system', models.CharField(max_length=40, verbose_name='所属系统')),
                ('key', models.CharField(max_length=80, verbose_name='规则编码')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('kind', models.CharField(choices=[('limit', '超限'), ('rate', '突变'), ('constant', '恒值'), ('zero', '零值'), ('missing', '缺失'), ('offline', '离线'), ('expression', '逻辑异常')], max_length=12, verbose_name='类型')),
                ('severity', models.PositiveSmallIntegerField(choices=[(1, '提示'), (2, '一般'), (3, '较重'), (4, '严重')], default=2, verbose_name='级别')),
                ('parameters', models.JSONField(default=dict, verbose_name='参数')),
                ('device_kind', models.CharField(blank=True, max_length=40, verbose_name='设备类型')),
                ('device_id', models.BigIntegerField(blank=True, null=True, verbose_name='设备')),
                ('division_code', models.CharField(blank=True, max_length=12, verbose_name='行政区划')),
                ('item', models.CharField(blank=True, max_length=32, verbose_name='监测项目')),
                ('item_name', models.CharField(blank=True, max_length=40, verbose_name='项目名称')),
                ('statistic', models.CharField(blank=True, max_length=16, verbose_name='统计量')),
                ('period', models.CharField(blank=True, max_length=16, verbose_name='周期')),
                ('inputs', models.JSONField(blank=True, default=dict, verbose_name='表达式输入')),
                ('roles', models.JSONField(blank=True, default=list, verbose_name='通知角色')),
                ('channels', models.JSONField(blank=True, default=list, verbose_name='通知渠道')),
                ('is_enabled', models.BooleanField(default=True, verbose_name='启用')),
                ('changed_at', models.DateTimeField(default=district.kernel.clock.now, verbose_name='修改时间')),
                ('changed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='alerts.rule')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('device_id', models.BigIntegerField(blank=True, null=True, verbose_name='设备')),
                ('start_at', models.DateTimeField(verbose_name='开始时间')),
                ('end_at', models.DateTimeField(verbose_name='结束时间')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('made_at', models.DateTimeField(default=district.kernel.clock.now, verbose_name='设置时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='设置人')),
                ('rule', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='suppressions', to='alerts.rule', verbose_name='规则')),
            ],
            options={
                'verbose_name': '告警抑制',
                'verbose_name_plural': '告警抑制',
                'ordering': ('-start_at',),
            },
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['recipient', 'read_at', '-made_at'], name='alerts_notice_inbox'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('recipient', 'alarm', 'title'), name='alerts_notice_once'),
        ),
        migrations.AddConstraint(
            model_name='noticedelivery',
            constraint=models.UniqueConstraint(fields=('notice', 'channel'), name='alerts_delivery_once'),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.UniqueConstraint(fields=('system', 'key'), name='alerts_rule_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "alerts_ruleevent" ("changed_at", "changed_by_id", "channels", "device_id", "device_kind", "division_code", "id", "inputs", "is_enabled", "item", "item_name", "key", "kind", "name", "parameters", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "severity", "statistic", "system") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."channels", NEW."device_id", NEW."device_kind", NEW."division_code", NEW."id", NEW."inputs", NEW."is_enabled", NEW."item", NEW."item_name", NEW."key", NEW."kind", NEW."name", NEW."parameters", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."roles", NEW."severity", NEW."statistic", NEW."system"); RETURN NULL;', hash='1ad70b884d1e09f38926443e479979b85fb4f35a', operation='INSERT', pgid='pgtrigger_insert_insert_2657b', table='alerts_rule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "alerts_ruleevent" ("changed_at", "changed_by_id", "channels", "device_id", "device_kind", "division_code", "id", "inputs", "is_enabled", "item", "item_name", "key", "kind", "name", "parameters", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "severity", "statistic", "system") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."channels", NEW."device_id", NEW."device_kind", NEW."division_code", NEW."id", NEW."inputs", NEW."is_enabled", NEW."item", NEW."item_name", NEW."key", NEW."kind", NEW."name", NEW."parameters", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."roles", NEW."severity", NEW."statistic", NEW."system"); RETURN NULL;', hash='b133e5a7c69e9f33356698b89187cf4487bbed9a', operation='UPDATE', pgid='pgtrigger_update_update_3cd3a', table='alerts_rule', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='alarm',
            index=models.Index(fields=['-raised_at'], name='alerts_alarm_newest'),
        ),
        migrations.AddIndex(
            model_name='alarm',
            index=models.Index(fields=['system', 'state', '-raised_at'], name='alerts_alarm_system'),
        ),
        migrations.AddIndex(
            model_name='alarm',
            index=models.Index(fields=['device_id', '-raised_at'], name='alerts_alarm_device'),
        ),
        migrations.AddIndex(
            model_name='alarm',
            index=models.Index(condition=models.Q(('is_announced', False), models.Q(('cleared_at__isnull', False), ('is_clear_announced', False)), _connector='OR'), fields=['id'], name='alerts_alarm_outbox'),
        ),
        migrations.AddConstraint(
            model_name='alarm',
            constraint=models.UniqueConstraint(condition=models.Q(('cleared_at__isnull', True)), fields=('key',), name='alerts_alarm_open'),
        ),
        migrations.AddConstraint(
            model_name='suppression',
            constraint=models.CheckConstraint(condition=models.Q(('end_at__gt', models.F('start_at'))), name='alerts_suppression_order'),
        ),
    ]
